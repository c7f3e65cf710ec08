/** A change under a key whose answer was lost is never made twice, however often and by whomever it is repeated. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { RunningGateway } from '../../src/gateway.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { type Change, changes, documentOf } from '../support/mutations.ts';

/** They share their memory; the first gives up at once what the other goes on with. */
const secret = randomUUID();
let gateway: TestGateway;
let other: RunningGateway;
beforeAll(async () => {
  gateway = await startTestGateway({
    DATABASE_SECRET: secret,
    SETTLE_TIMEOUT_MS: '0',
    AWS_BREAKER_FAILURES: '0',
  });
  other = await startGatewayOn(gateway.localAws.url, {
    DATABASE_URL: inject('databaseUrl'),
    DATABASE_SECRET: secret,
    IDENTITY_STORE_ID: 'd-9067012345',
  });
});
beforeEach(() => gateway.localAws.reset());
afterAll(async () => {
  await other.stop();
  await gateway.stop();
});

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
function made({ operation }: Change): number {
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

describe.each(changes)('$operation of $field', change => {
  const { mutation, operation, service, effect } = change;

  // Whatever is recognised as a repeat, or does the same again, is sent once more; the rest is looked for first.
  const times = effect === 'change' ? 1 : ATTEMPTS;
  const cases = effect === 'change' ? (['before', 'after'] as const) : (['after'] as const);

  test.each(cases)('is made once though the connection broke %s', async when => {
    const input = { ...mutation.input, idempotencyKey: randomUUID() };
    gateway.localAws.faults.add({ service, operation, times, effect: { type: 'drop', when } } as never);
    await run(gateway.url, change, input);
    const first = await run(other.url, change, input);
    const expected = forgotten.has(operation) ? 'ProviderFailureError' : `${mutation.typeName}Success`;
    expect(first).toBe(expected);
    const calls = made(change);
    expect(await run(other.url, change, input)).toBe(expected);
    expect(made(change)).toBe(calls);
  });
});
