/** Exceptions whose members and headers say what cannot be meant, or are of another type than AWS's model says. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RunningGateway } from '../../src/gateway.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import {
  type Answer,
  json as answerOf,
  type RecordingServer,
  startRecordingServer,
} from '../support/recording-server.ts';

let answer: Answer;
let aws: RecordingServer;
let gateway: RunningGateway;
beforeAll(async () => {
  aws = await startRecordingServer((request, response) => answer(request, response));
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  gateway = await startGatewayOn(aws.url, { IDENTITY_STORE_ID: 'd-9067012345' });
});
afterAll(async () => {
  await gateway.stop();
  await aws.stop();
});

const query = `mutation { result: deleteIdentityStoreUser(input: { userId: "0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1" }) {
  ... on Error { message requestId }
  ... on ThrottledError { retryAfterSeconds }
  ... on NotFoundError { resourceType resourceId }
} }`;

/** What becomes of a change that AWS refuses with these members and headers. */
async function refusal(name: string, members: object, headers: object = {}) {
  answer = answerOf({ __type: name, ...members }, 400, headers as Record<string, string>);
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  expect(errors).toBeUndefined();
  return data.result;
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

/** What stands for a number of seconds that nobody can mean. */
const nonsense = [
  -1,
  -0.5 - 1e9,
  1e9,
  1e300,
  '7',
  ' 7 ',
  'soon',
  'NaN',
  'Infinity',
  '-Infinity',
  '',
  true,
  null,
  [7],
  { s: 7 },
];

describe('How long AWS asks to wait', () => {
  test.each([
    [0, 0],
    [7, 7],
    [0.2, 1],
    [86_400, 86_400],
    ...nonsense.map((value): [typeof value, null] => [value, null]),
  ])('is told of the member RetryAfterSeconds %j as %j', async (value, told) => {
    expect(await refusal('ThrottlingException', { RetryAfterSeconds: value })).toEqual({
      message: 'The Identity Store takes no more requests at this rate. Try again later.',
      requestId: '11111111-2222-3333-4444-555555555555',
      retryAfterSeconds: told,
    });
  });

  test.each<[string, number | null]>([
    ['0', 0],
    ['7', 7],
    ['0.2', 1],
    ...['-1', '86401', '9'.repeat(400), ' 7 ', '7 seconds', '7, 8', 'NaN', 'Infinity', '1e3', 'soon', ''].map(
      (value): [typeof value, null] => [value, null],
    ),
  ])('is told of the header Retry-After "%s" as %j', async (value, told) => {
    const { retryAfterSeconds } = await refusal('ThrottlingException', {}, { 'retry-after': value });
    expect(retryAfterSeconds).toBe(told);
  });

  test('is told of a date in the header Retry-After', async () => {
    const soon = await refusal('ThrottlingException', {}, { 'retry-after': inSeconds(60) });
    expect(soon.retryAfterSeconds).toBeGreaterThan(30);
    expect(soon.retryAfterSeconds).toBeLessThanOrEqual(60);
    for (const seconds of [-3600, 90_000]) {
      const odd = await refusal('ThrottlingException', {}, { 'retry-after': inSeconds(seconds) });
      expect(odd.retryAfterSeconds).toBeNull();
    }
  });

  test.each([
    ['1500', 2],
    ...['-60000', '1e12', 'Infinity', 'soon'].map((value): [typeof value, null] => [value, null]),
  ])('is told of the header X-Amz-Retry-After "%s", in milliseconds, as %j', async (value, told) => {
    const { retryAfterSeconds } = await refusal('ThrottlingException', {}, { 'x-amz-retry-after': value });
    expect(retryAfterSeconds).toBe(told);
  });

  test('is not told of a header that says it twice', async () => {
    const { retryAfterSeconds } = await refusal('ThrottlingException', {}, { 'retry-after': ['7', '8'] });
    expect(retryAfterSeconds).toBeNull();
  });

  test.each(nonsense.map(value => [value]))('is told of the header where the member is %j', async value => {
    const headers = { 'retry-after': '7' };
    expect(
      (await refusal('ThrottlingException', { RetryAfterSeconds: value }, headers)).retryAfterSeconds,
    ).toBe(7);
  });
});

test.each([[5], [true], [''], [null], [['USER']], [{ id: 'USER' }], ['constructor']])(
  'What is missing is told as the gateway knows it where AWS says %j',
  async value => {
    const members = { ResourceType: value, RequestId: typeof value === 'string' ? '' : value };
    expect(await refusal('ResourceNotFoundException', members)).toEqual({
      message: 'The identity store d-9067012345 has no user 0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1.',
      requestId: '11111111-2222-3333-4444-555555555555',
      resourceType: 'USER',
      resourceId: '0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1',
    });
  },
);

test.each([[5], [true], [''], [null], [['a']], [{ id: 'a' }]])(
  'An id of what is missing that is %j is not told',
  async value => {
    expect(await refusal('ResourceNotFoundException', { ResourceId: value })).toMatchObject({
      resourceId: '0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1',
    });
  },
);
