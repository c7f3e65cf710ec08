/** What the retry strategy is told of each answer: the SDK's own client and ours must say the same. */
import { CreateUserCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import { expect, it } from 'vitest';
import { AwsClient } from '../../src/aws/client.ts';
import { Transport } from '../../src/aws/transport.ts';
import { type Answer, json, reset, startRecordingServer } from '../support/recording-server.ts';

const TIMEOUT_MS = 1_000;
const DELAY_MS = 60;
const MAX_ATTEMPTS = 3;

/** Repeats everything, and writes down what it is told. */
class RecordingStrategy implements RetryStrategyV2 {
  readonly mode = 'standard';
  readonly told: unknown[] = [];

  async acquireInitialRetryToken(scope: string): Promise<RetryToken> {
    this.told.push({ begins: scope });
    return tokenOf(0);
  }

  async refreshRetryTokenForRetry(token: RetryToken, { errorType, retryAfterHint }: RetryErrorInfo) {
    const seconds = retryAfterHint && Math.round((retryAfterHint.getTime() - Date.now()) / 1_000);
    this.told.push({ attempt: token.getRetryCount(), errorType, seconds });
    if (token.getRetryCount() + 1 === MAX_ATTEMPTS) throw new Error('No more.');
    return tokenOf(token.getRetryCount() + 1);
  }

  recordSuccess(token: RetryToken): void {
    this.told.push({ succeeded: token.getRetryCount() });
  }
}

function tokenOf(count: number): RetryToken {
  return {
    getRetryCount: () => count,
    getRetryDelay: () => (count === 0 ? 0 : DELAY_MS),
    getRetryCost: () => 0,
  } as RetryToken;
}

async function tell(
  answers: readonly Answer[],
  send: (url: string, strategy: RetryStrategyV2) => Promise<unknown>,
) {
  const strategy = new RecordingStrategy();
  const times: number[] = [];
  const timed = answers.map(
    (answer): Answer =>
      (request, response) => {
        times.push(performance.now());
        answer(request, response);
      },
  );
  const server = await startRecordingServer(...timed);
  await send(server.url, strategy).catch(() => undefined);
  await server.stop();
  const attempts = server.requests.map(({ headers }) => headers['amz-sdk-request']);
  // Timers may be a little early.
  const waits = times.slice(1).map((time, at) => time - (times[at] ?? 0) >= DELAY_MS - 5);
  return { told: strategy.told, attempts, waits };
}

const command = () => new CreateUserCommand({ CollectionId: 'employees', UserId: 'ada' });
const options = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
};

function sendBySdk(endpoint: string, retryStrategy: RetryStrategyV2): Promise<unknown> {
  const requestHandler = { requestTimeout: TIMEOUT_MS, throwOnRequestTimeout: true };
  const client = new RekognitionClient({ ...options, endpoint, retryStrategy, requestHandler });
  return client.send(command()).finally(() => client.destroy());
}

function sendByUs(endpoint: string, retryStrategy: RetryStrategyV2): Promise<unknown> {
  const requestHandler = new Transport({ timeoutMs: TIMEOUT_MS });
  const client = new AwsClient(
    new RekognitionClient({ ...options, endpoint, retryStrategy, requestHandler }),
  );
  return client.send(command(), { repeatable: true }).finally(() => requestHandler.destroy());
}

const exception = (name: string, status: number, headers = {}) => json({ __type: name }, status, headers);
const cut: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': 100 }).write('{"UserId":');
  setImmediate(() => response.destroy());
};
const page =
  (status: number): Answer =>
  (_request, response) =>
    response.writeHead(status).end('<html>');

it.each<[string, readonly Answer[]]>([
  ['success', [json({})]],
  ['throttling', [exception('ThrottlingException', 400), json({})]],
  [
    'throttling with a time to wait',
    [exception('ThrottlingException', 400, { 'retry-after': '7' }), json({})],
  ],
  ['a quota by its status alone', [page(429), json({})]],
  ['a fault of the client', [exception('ConflictException', 400)]],
  ['a fault of the server', [exception('InternalServerError', 500), json({})]],
  ['a fault of the server that does not pass', [exception('NotImplemented', 501), json({})]],
  ['an unknown exception', [exception('Whatever', 418), json({})]],
  [
    'an expired signature',
    [json({ __type: 'InvalidSignatureException', message: 'Signature expired' }, 403), json({})],
  ],
  ['a page of a proxy in the way', [page(503), json({})]],
  ['a page instead of an answer', [page(200), json({})]],
  ['a reset connection', [reset, json({})]],
  ['half an answer', [cut, json({})]],
  ['no answer', [() => undefined, json({})]],
  ['failure after failure', [exception('InternalServerError', 500)]],
])('%s', async (_name, answers) => {
  const [theirs, ours] = [await tell(answers, sendBySdk), await tell(answers, sendByUs)];
  expect(ours).toEqual(theirs);
  expect(ours.waits.every(Boolean)).toBe(true);
});
