/** What stands in AWS's place and calls its exceptions and its answers whatever it likes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { startGatewayOn } from '../support/aws-gateway.ts';
import { json, send } from '../support/http.ts';
import { startRecordingServer } from '../support/recording-server.ts';

const mutation =
  'mutation { createRekognitionUser(input: {collectionId: "employees", userId: "ada"}) { __typename ... on Error { message code providerCode requestId } } }';

const id = 'b8a1d6c0-7c1e-4d6e-9d4b-1f0f3a2e5c7d';

test.each<[string, string, string]>([
  ['an exception that is called like a person', '{"code":"user hopper@example.com exists"}', id],
  ['an exception with a name without end', JSON.stringify({ code: `Hopper${'x'.repeat(5_000)}` }), id],
  ['an exception whose name is no text', '{"code":{"hopper":1}}', id],
  ['an id that is a person', '{"__type":"ConflictException"}', 'hopper@example.com'],
  ['an id without end', '{"__type":"ConflictException"}', `hopper${'x'.repeat(5_000)}`],
])('%s is no answer of AWS, and stands nowhere', async (_what, body, requestId) => {
  const aws = await startRecordingServer((_request, response) => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId };
    response.writeHead(403, headers).end(body);
  });
  onTestFinished(() => aws.stop());
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const audit = join(folder, 'audit.log');
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const gateway = await startGatewayOn(aws.url, { AUDIT: audit, SETTLE_TIMEOUT_MS: '0' }, logger);
  const answer = await send(new URL(gateway.url).origin, json(JSON.stringify({ query: mutation })));
  await gateway.stop();

  expect(answer.body).toEqual({
    data: {
      createRekognitionUser: {
        __typename: 'ProviderFailureError',
        message:
          "Amazon Rekognition gave an answer that is not in AWS's protocol. The outcome is unknown: the change may or may not have been made. Look before you repeat it.",
        code: 'PROVIDER_FAILURE',
        providerCode: null,
        requestId: null,
      },
    },
  });
  const trail = readFileSync(audit, 'utf8');
  expect(trail).toContain('"outcome":"unknown"');
  expect(lines.join('')).toContain('A call to AWS failed.');
  expect([trail, ...lines].filter(text => /hopper/i.test(text))).toEqual([]);
});
