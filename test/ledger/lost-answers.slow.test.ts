/** A change under a key whose answer was lost is never made twice, however often and by whomever it is repeated. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { type Pair, startPair } from '../support/gateway-pair.ts';
import { type Change, changes, documentOf } from '../support/mutations.ts';

/** As many tests wait side by side. */
const PAIRS = 8;
const pairs: Pair[] = [];
const free: Pair[] = [];
const waiting: ((pair: Pair) => void)[] = [];

beforeAll(async () => {
  // One after another: where AWS is, they read in the environment.
  while (pairs.length < PAIRS) pairs.push(await startPair());
  free.push(...pairs);
});
afterAll(async () => {
  for (const pair of pairs) await pair.stop();
});

/** Runs a test's work with a pair that no other test has meanwhile, and an AWS that is as new. */
async function withPair(work: (pair: Pair) => Promise<void>): Promise<void> {
  const pair = free.pop() ?? (await new Promise<Pair>(resolve => waiting.push(resolve)));
  try {
    pair.gateway.localAws.reset();
    await work(pair);
  } finally {
    const next = waiting.shift();
    if (next) next(pair);
    else free.push(pair);
  }
}

async function run(url: string, { mutation }: Change, input: object): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: documentOf(mutation), variables: { input } }),
  });
  const { data } = (await response.json()) as { data: { result: { __typename: string } } };
  return data.result.__typename;
}

/** How often AWS did it, or tried to: what it was not sent, it did not do. */
function made(gateway: TestGateway, { operation }: Change): number {
  return gateway.localAws.requests.list().filter(request => request.operation === operation).length;
}

/** How often the SDK sends what may be repeated. */
const ATTEMPTS = 3;

/** What became of them cannot be found out: AWS would make another of the same kind, and there is nothing to look for. */
const forgotten = new Set([
  'BatchSuspendUser',
  'CreateAccount',
  'IndexFaces',
  'InviteUsers',
  'ResetPersonalPIN',
]);

describe.concurrent.each(changes)('$operation of $field', change => {
  const { mutation, operation, service, effect } = change;

  // Whatever is recognised as a repeat, or does the same again, is sent once more; the rest is looked for first.
  const times = effect === 'change' ? 1 : ATTEMPTS;
  const cases = effect === 'change' ? (['before', 'after'] as const) : (['after'] as const);

  // Some wait for the others' turns first.
  test.concurrent.each(cases)(
    'is made once though the connection broke %s',
    { timeout: 240_000 },
    async when => {
      await withPair(async ({ gateway, other }) => {
        const input = { ...mutation.input, idempotencyKey: randomUUID() };
        gateway.localAws.faults.add({ service, operation, times, effect: { type: 'drop', when } } as never);
        await run(gateway.url, change, input);
        const first = await run(other.url, change, input);
        const expected = forgotten.has(operation) ? 'ProviderFailureError' : `${mutation.typeName}Success`;
        expect(first).toBe(expected);
        const calls = made(gateway, change);
        expect(await run(other.url, change, input)).toBe(expected);
        expect(made(gateway, change)).toBe(calls);
      });
    },
  );
});
