/** What is refused since there is too much of it, of one caller or at a time. */
import { request as httpRequest } from 'node:http';
import { expect, onTestFinished, vi } from 'vitest';
import type { Refusal } from '../../../src/server/guards/guard.ts';
import { turns } from '../../../src/turns.ts';
import { begin } from '../begun-requests.ts';
import { withBody, withHeaders, without } from '../changed-requests.ts';
import type { TestGateway } from '../gateway.ts';
import { type Received, type Sent, send } from '../http.ts';
import type { Cases } from './case.ts';

/** Waits until a request that asks for nothing is answered with this status. */
async function becomes(url: string, status: number, headers: NonNullable<Sent['headers']>): Promise<void> {
  const sent = without('content-length', { method: 'GET', headers });
  await vi.waitFor(async () => expect((await send(url, sent)).status).toBe(status));
}

const manyReads =
  '{"query":"{ jobs(first: 10) { edges { node { counts { total } } } } identityStoreUsers(first: 1) { edges { cursor } } }"}';

const manyCalls =
  '{"query":"{ identityStoreUsers(first: 30) { edges { node { groups(first: 1) { edges { cursor } } } } } }"}';

const manyValues = '{"query":"{ identityStoreUsers(first: 1000) { edges { node { id } } } }"}';

/** As much as is counted. */
const large = (sent: Sent) => withBody(sent, String(sent.body).padEnd(70_000));

/** So many values that they count, in a body that is small. */
const withValues = (sent: Sent) =>
  withBody(sent, `{"query":"{ __typename }","extensions":{"a":[${Array(200).fill('{}').join()}]}}`);

/** So many words that they count, in a body that is small. */
const withWords = (sent: Sent) =>
  withBody(sent, `{"query":"{ identityStoreUsers(first: 1) { edges { ${'cursor '.repeat(150)} } } }"}`);

/** A large request for a large answer, which AWS takes as long to give as the test lasts. */
async function holdLargeRequest(gateway: TestGateway, sent: Sent): Promise<() => Promise<void>> {
  return hold(gateway, large(withBody(sent, manyValues)));
}

async function hold(
  { url, localAws }: TestGateway,
  { headers = {}, body }: Sent,
  times = 1,
): Promise<() => Promise<void>> {
  const { faults, requests } = localAws;
  if (faults.list().length > 0) return async () => {};
  faults.add({ operation: 'ListUsers', effect: { type: 'latency', milliseconds: 600_000 } });
  for (let time = 0; time < times; time += 1) {
    const held = httpRequest(new URL('/graphql', url), { method: 'POST', headers });
    held.on('error', () => {});
    held.end(body);
  }
  onTestFinished(() => localAws.stop());
  await vi.waitFor(() => expect(requests.list()).toHaveLength(times));
  return async () => {};
}

/** Sends a request until there is a place for it: what came before it may be about to give its own back. */
async function letIn(url: string, sent: Sent): Promise<Received> {
  let answer = await send(url, sent);
  while (answer.status === 503) answer = await send(url, sent);
  return answer;
}

/** Sends a few requests at once, while others of this process keep the one thread busy, until one has to be given up. */
async function sendWhileBusy({ url }: TestGateway, sent: Sent): Promise<Received> {
  const over = new AbortController();
  const busy = Promise.all(['a', 'b', 'c'].map(line => keepBusy(line, over.signal)));
  try {
    for (;;) {
      const few = Array.from({ length: 10 }, () => send(url, withBody(sent, '{"query":"{ __typename }"}')));
      const answers = await Promise.all(few);
      const refused = answers.find(({ body }) => JSON.stringify(body).includes('"limit":"waiting"'));
      if (refused) return refused;
    }
  } finally {
    over.abort();
    await busy;
  }
}

/** Takes turns, and all the time that one may take. */
async function keepBusy(line: string, signal: AbortSignal): Promise<void> {
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  while (!signal.aborted) {
    await turns.take(line);
    Atomics.wait(nobody, 0, 0, 20);
  }
}

/** A request that AWS takes a while to answer, and its end. */
async function holdPlace(
  { url, localAws }: TestGateway,
  { headers = {} }: Sent,
): Promise<() => Promise<void>> {
  const { faults, requests } = localAws;
  const isAsked = () => requests.list().filter(({ operation }) => operation === 'ListUsers').length;
  const before = isAsked();
  faults.add({ operation: 'ListUsers', times: 1, effect: { type: 'latency', milliseconds: 1_000 } });
  const held = letIn(url, withBody({ headers }, manyValues));
  await vi.waitFor(() => expect(isAsked()).toBe(before + 1));
  return async () => {
    expect(await held).toMatchObject({ status: 200 });
  };
}

/** Sends the body of a request when the places are taken that were free for its head. */
async function sendLate(gateway: TestGateway, sent: Sent): Promise<Received> {
  const begun = await begin(gateway.url, sent);
  const end = await holdPlace(gateway, sent);
  begun.end();
  const answer = await begun.answer;
  await end();
  return answer;
}

/** Sends the head of a request, and then that of another; the answer to the first. */
async function sendFirstHead({ url }: TestGateway, sent: Sent): Promise<Received> {
  const first = await begin(url, sent);
  for (;;) {
    const next = await begin(url, sent);
    // Until the first waits for its body, it has the place that the next needs, which is refused then.
    const answer = await Promise.race([first.answer, next.answer.then(() => undefined)]);
    next.leave();
    if (!answer) continue;
    first.leave();
    return answer;
  }
}

const patient = { AWS_TIMEOUT_MS: '600000', REQUEST_TIMEOUT_MS: '600000' };

const noPlace: Refusal = {
  status: 503,
  code: 'OVERLOADED',
  message:
    'The gateway has as many requests under way as it may have, which is 1 (MAX_IN_FLIGHT). Nothing was done. Try again.',
  facts: { limit: 'inFlight', maximum: 1, retryable: true },
};

const noPlaceOfCaller: Refusal = {
  status: 503,
  code: 'OVERLOADED',
  message:
    'The caller has as many requests under way as one caller may have, which is 1 (half of MAX_IN_FLIGHT). Nothing was done. Try again.',
  facts: { limit: 'callersInFlight', maximum: 1, retryable: true },
};

const noRoomForBytes: Refusal = {
  status: 503,
  code: 'OVERLOADED',
  message:
    'The gateway has as many bytes of requests of the caller in memory as it may have of one caller, which is 32768 (half of MAX_BODY_BYTES_IN_FLIGHT). Nothing was done. Try again.',
  facts: { limit: 'callersBodyBytesInFlight', maximum: 32_768, retryable: true },
};

export const load: Cases = {
  'the rate of requests': {
    env: { RATE_LIMIT: '1/min' },
    // Of another caller, who has sent one already.
    spoil: (sent, otherToken) => withHeaders(sent, { authorization: `Bearer ${otherToken}` }),
    during: async ({ url }, { headers = {} }, otherToken) => {
      await becomes(url, 429, { ...headers, authorization: `Bearer ${otherToken}` });
      return async () => {};
    },
    refusal: {
      status: 429,
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringMatching(
        /^You send too many requests: 1 in a minute are accepted, and 1 at once\. Try again in \d+ s\.$/,
      ),
      facts: { limit: 'rate', maximum: 1, seconds: 60, burst: 1, retryAfterSeconds: expect.any(Number) },
    },
  },
  'the requests that wait for their turn': {
    env: { MAX_IN_FLIGHT: '1' },
    spoil: sent => sent,
    send: sendWhileBusy,
    refusal: {
      status: 503,
      code: 'OVERLOADED',
      message:
        'As many requests wait for their turn as may wait, which is 1 (MAX_IN_FLIGHT). Nothing was done. Try again.',
      facts: { limit: 'waiting', maximum: 1, retryable: true },
    },
  },
  'the requests in flight': {
    env: { MAX_IN_FLIGHT: '1' },
    spoil: sent => sent,
    during: holdPlace,
    refusal: noPlace,
  },
  'the requests in flight, when the body has come': {
    env: { MAX_IN_FLIGHT: '1' },
    spoil: sent => sent,
    send: sendLate,
    refusal: noPlace,
  },
  'the bodies that come': {
    env: { MAX_IN_FLIGHT: '1' },
    spoil: sent => sent,
    send: sendFirstHead,
    refusal: {
      status: 503,
      code: 'OVERLOADED',
      message:
        'The gateway waits for as many bodies of requests as it may at a time, which is 1 (MAX_IN_FLIGHT). Nothing was done. Try again.',
      facts: { limit: 'comingBodies', maximum: 1, retryable: true },
    },
  },
  "the caller's requests in flight": {
    env: { MAX_IN_FLIGHT: '2' },
    spoil: sent => sent,
    during: async (gateway, sent, otherToken) => {
      const end = await holdPlace(gateway, sent);
      // There is a place for others.
      await becomes(gateway.url, 400, { ...sent.headers, authorization: `Bearer ${otherToken}` });
      return end;
    },
    refusal: noPlaceOfCaller,
  },
  "the caller's requests in flight, when the body has come": {
    env: { MAX_IN_FLIGHT: '2' },
    spoil: sent => sent,
    send: sendLate,
    refusal: noPlaceOfCaller,
  },
  'the bytes of bodies in flight': {
    env: { ...patient, MAX_BODY_BYTES_IN_FLIGHT: '65536' },
    spoil: large,
    during: holdLargeRequest,
    refusal: noRoomForBytes,
  },
  'the values of bodies in flight': {
    env: { ...patient, MAX_BODY_BYTES_IN_FLIGHT: '65536' },
    spoil: withValues,
    during: holdLargeRequest,
    refusal: noRoomForBytes,
  },
  'the documents of bodies in flight': {
    env: { ...patient, MAX_BODY_BYTES_IN_FLIGHT: '65536' },
    spoil: withWords,
    during: holdLargeRequest,
    refusal: noRoomForBytes,
  },
  'the calls to AWS in flight': {
    env: { ...patient, MAX_UPSTREAM_CALLS: '31' },
    spoil: sent => withBody(sent, manyCalls),
    during: (gateway, sent) => hold(gateway, withBody(sent, manyCalls), 2),
    refusal: {
      status: 503,
      code: 'OVERLOADED',
      message:
        "The caller's operations under way can take as many calls to AWS as they may, which is 62 (twice MAX_UPSTREAM_CALLS). Nothing was done. Try again.",
      facts: { limit: 'upstreamCallsInFlight', maximum: 62, retryable: true },
    },
  },
  'the reads of the database in flight': {
    env: { ...patient, MAX_DATABASE_READS: '11' },
    spoil: sent => withBody(sent, manyReads),
    during: (gateway, sent) => hold(gateway, withBody(sent, manyReads)),
    refusal: {
      status: 503,
      code: 'OVERLOADED',
      message:
        "The caller's operations under way can read the gateway's database as often as they may, which is 11 (MAX_DATABASE_READS). Nothing was done. Try again.",
      facts: { limit: 'databaseReadsInFlight', maximum: 11, retryable: true },
    },
  },
  'the values of answers in flight': {
    env: { ...patient, MAX_ANSWER_VALUES_IN_FLIGHT: '1000' },
    spoil: sent => withBody(sent, manyValues),
    during: holdLargeRequest,
    refusal: {
      status: 503,
      code: 'OVERLOADED',
      message:
        'The gateway makes answers to the caller with as many values as it may make for one caller at a time, which is 500 (half of MAX_ANSWER_VALUES_IN_FLIGHT). Nothing was done. Try again.',
      facts: { limit: 'callersValuesInFlight', maximum: 500, retryable: true },
    },
  },
};
