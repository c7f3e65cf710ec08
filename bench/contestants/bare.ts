/**
 * A bare `node:http` server: the least that a server can do to answer the same requests with the same texts. It knows
 * the documents by heart, and does not check, log or limit anything. What Vestibule takes beyond it is what GraphQL,
 * the checks, the logs and the SDK's parts cost.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSignedCalls } from '../signed-calls.ts';
import { documentOf, workloadNames } from '../workloads.ts';
import { announce } from './announce.ts';
import { bareAnswers } from './bare-answers.ts';

const [, , endpoint = ''] = process.argv;

const answers = bareAnswers(openSignedCalls(endpoint).call);
const answersByDocument = new Map(workloadNames.map(name => [documentOf(name), answers[name]]));

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  // Whatever goes wrong ends the process, and with it the run.
  request.on('end', () => void answer(Buffer.concat(chunks), response));
});

async function answer(body: Buffer, response: ServerResponse): Promise<void> {
  const { query, variables } = JSON.parse(body.toString()) as { query: string; variables: never };
  const work = answersByDocument.get(query);
  if (!work) throw new Error(`No workload has this document: ${query}`);
  const text = JSON.stringify({ data: await work(variables) });
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

server.listen(0, '127.0.0.1', () => {
  announce(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
});
