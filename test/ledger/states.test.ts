/** What becomes of changes under their keys when they meet each other, or are refused. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, mutationNamed } from '../support/mutations.ts';

const create = mutationNamed('createIdentityStoreUser');
const remove = mutationNamed('deleteIdentityStoreUser');

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ SETTLE_TIMEOUT_MS: '0' });
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

async function run(mutation: typeof create, input: object) {
  const { data, errors, extensions } = await gateway.query(documentOf(mutation), { input });
  expect(errors).toBeUndefined();
  const idempotency = extensions?.['idempotency'] as { readonly replayed: boolean } | undefined;
  return { result: data.result, replayed: idempotency?.replayed };
}

function callsOf(operation: string): number {
  return gateway.calls().filter(name => name === operation).length;
}

const success = { __typename: 'CreateIdentityStoreUserSuccess' };

describe('A change under a key', () => {
  test('is refused while the same is under way, and told when that is over', async () => {
    const input = { ...create.input, idempotencyKey: randomUUID() };
    gateway.localAws.faults.add({
      operation: 'CreateUser',
      effect: { type: 'latency', milliseconds: 4_000 },
    });
    const first = run(create, input);
    while (callsOf('CreateUser') === 0) await setTimeout(10);
    expect((await gateway.query(documentOf(create), { input })).data.result).toEqual({
      __typename: 'ConflictError',
      message:
        'A request with this idempotencyKey is under way. Send it again later, to be told what came of it.',
      code: 'CONFLICT',
      providerCode: null,
      requestId: null,
      retryable: true,
      reason: 'REQUEST_IN_PROGRESS',
    });
    expect(await first).toEqual({ result: success, replayed: false });
    expect(await run(create, input)).toEqual({ result: success, replayed: true });
    expect(callsOf('CreateUser')).toBe(1);
  });

  test('is refused again as AWS refused it, though AWS would not any more', async () => {
    await gateway.query(documentOf(create), { input: create.input });
    const input = { ...create.input, idempotencyKey: randomUUID() };
    const first = await run(create, input);
    expect(first).toMatchObject({ result: { __typename: 'ConflictError' }, replayed: false });
    gateway.localAws.reset();
    expect(await run(create, input)).toEqual({ result: first.result, replayed: true });
    expect(callsOf('CreateUser')).toBe(0);
  });

  test.each([
    ['throttled it', { type: 'throttle' }, 'ThrottledError'],
    [
      'failed before it did it',
      { type: 'exception', name: 'AccessDeniedException', status: 400 },
      'AccessDeniedError',
    ],
  ] as const)('is tried again after AWS %s', async (_case, effect, error) => {
    const input = { ...create.input, idempotencyKey: randomUUID() };
    gateway.localAws.faults.add({ operation: 'CreateUser', effect });
    expect(await run(create, input)).toMatchObject({ result: { __typename: error }, replayed: false });
    gateway.localAws.faults.clear();
    expect(await run(create, input)).toEqual({ result: success, replayed: false });
    expect(await run(create, input)).toEqual({ result: success, replayed: true });
  });

  test('is not remembered when it is refused before anything is called', async () => {
    const key = randomUUID();
    const refused = await run(create, { ...create.input, userName: '', idempotencyKey: key });
    expect(refused).toMatchObject({ result: { __typename: 'InvalidInputError' }, replayed: false });
    expect(await run(create, { ...create.input, idempotencyKey: key })).toEqual({
      result: success,
      replayed: false,
    });
  });

  test('with other callers’ keys and other mutations’ has nothing to do', async () => {
    const idempotencyKey = randomUUID();
    expect(await run(create, { ...create.input, idempotencyKey })).toMatchObject({ replayed: false });
    expect(await run(remove, { ...remove.input, idempotencyKey })).toMatchObject({ replayed: false });
  });

  test('is told of each of several in one request', async () => {
    const { field, typeName, input } = create;
    const [one, other] = [randomUUID(), randomUUID()];
    const document = `mutation ($one: ${typeName}Input!, $other: ${typeName}Input!) {
      one: ${field}(input: $one) { __typename } other: ${field}(input: $other) { __typename }
    }`;
    await gateway.query(document, {
      one: { ...input, idempotencyKey: one },
      other: { ...input, userName: 'other', idempotencyKey: other },
    });
    expect(
      await gateway.query(document, {
        one: { ...input, idempotencyKey: one },
        other: { ...input, userName: 'another', idempotencyKey: randomUUID() },
      }),
    ).toMatchObject({
      extensions: { idempotency: { replayed: true, fields: { one: true, other: false } } },
    });
  });
});
