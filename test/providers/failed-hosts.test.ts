/** Where a call was to go stands in the log, however it failed: sockets, TLS and timers do not say it. */
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startGatewayOn } from '../support/aws-gateway.ts';
import { type Answer, json, reset, startRecordingServer } from '../support/recording-server.ts';

const READ = '{ rekognitionCollections { edges { node { collectionId } } } }';
const CHANGE =
  'mutation { createRekognitionUser(input: { collectionId: "employees", userId: "ada" }) { __typename } }';
const KEYED = CHANGE.replace('input: {', 'input: { idempotencyKey: "key-1", ');

const silence: Answer = () => undefined;
const page: Answer = (_request, response) => response.end('<html>Welcome</html>');

interface Case {
  readonly asked: string;
  readonly answer: Answer;
  readonly env?: NodeJS.ProcessEnv;
  readonly scheme?: string;
}

test.each<[failure: string, how: string, Case]>([
  [
    'exception',
    'AWS answers with an exception',
    { asked: CHANGE, answer: json({ __type: 'InternalServerError' }, 500) },
  ],
  ['unreadable', 'a page is answered', { asked: CHANGE, answer: page }],
  ['disconnected', 'the connection is reset', { asked: CHANGE, answer: reset }],
  [
    'disconnected',
    'its repeats are reset as well',
    { asked: KEYED, answer: reset, env: { SETTLE_TIMEOUT_MS: '1000' } },
  ],
  ['timeout', 'no answer comes in time', { asked: CHANGE, answer: silence, env: { AWS_TIMEOUT_MS: '500' } }],
  [
    'overdue',
    'the time of the request is over',
    { asked: READ, answer: silence, env: { REQUEST_TIMEOUT_MS: '1000' } },
  ],
  [
    'tooMuch',
    'more is answered than a request may read',
    {
      asked: READ,
      answer: json({ CollectionIds: ['a'.repeat(2_000)] }),
      env: { MAX_UPSTREAM_BYTES: '1024' },
    },
  ],
  ['insecure', 'what listens there speaks no TLS', { asked: CHANGE, answer: silence, scheme: 'https' }],
])('%s: the log tells the host when %s', async (failure, _how, { asked, answer, env, scheme = 'http' }) => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  const aws = await startRecordingServer(answer);
  const log: Record<string, unknown>[] = [];
  const logger = pino({ base: null, level: 'info' }, { write: line => log.push(JSON.parse(line)) });
  const gateway = await startGatewayOn(
    aws.url.replace('http', scheme),
    { SETTLE_TIMEOUT_MS: '0', ...env },
    logger,
  );
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await gateway.stop();
    await aws.stop();
  });
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query: asked });
  await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body });
  // Reads that are given up together have one line.
  const calls = log.filter(line => 'failure' in line);
  const told = calls.flatMap(({ cause, hosts = [(cause as { readonly host?: unknown }).host] }) => hosts);
  expect(new Set(told)).toEqual(new Set(['127.0.0.1']));
  expect(new Set(calls.map(line => line['failure']))).toEqual(new Set([failure]));
});
