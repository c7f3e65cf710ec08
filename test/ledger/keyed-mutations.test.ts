/** What is asked for under an idempotency key is done once, whatever mutation it is. */
import { isObjectType } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { assembleSchema } from '../../src/schema/index.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, mutations } from '../support/mutations.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

const changing = new Set(
  mutations.flatMap(({ aws }) => aws.filter(({ effect }) => effect !== 'read').map(({ name }) => name)),
);

describe.each(mutations)('$field', mutation => {
  const { field, input, select } = mutation;
  const document = documentOf(mutation, select);
  let key: string;
  beforeEach(context => {
    key = `key-${context.task.id.replace(/\W/g, '-')}`;
  });

  test('is performed once, and told again with its success', async () => {
    const variables = { input: { ...input, idempotencyKey: key } };
    const first = await gateway.query(document, variables);
    expect(first).toMatchObject({ data: { result: { __typename: `${mutation.typeName}Success` } } });
    expect(first.extensions).toEqual({ idempotency: { replayed: false, fields: { result: false } } });
    const before = gateway.calls().length;
    const again = await gateway.query(document, variables);
    expect(again).toEqual({
      data: remembered(first.data),
      extensions: { idempotency: { replayed: true, fields: { result: true } } },
    });
    expect(
      gateway
        .calls()
        .slice(before)
        .filter(name => changing.has(name)),
    ).toEqual([]);
  });

  test('with another input under the same key is a mismatch, and nothing is called', async () => {
    await gateway.query(document, { input: { ...input, idempotencyKey: key } });
    const before = gateway.calls().length;
    const other = mutations.find(each => each.field === field)?.input;
    const { data } = await gateway.query(document, {
      input: { ...changed(other ?? {}), idempotencyKey: key },
    });
    expect(data.result).toMatchObject({
      __typename: 'IdempotencyMismatchError',
      message:
        'This idempotencyKey was used before with another input. Repeat the same input, or choose a new key.',
      code: 'IDEMPOTENCY_MISMATCH',
      providerCode: null,
      retryable: false,
    });
    expect(gateway.calls().slice(before)).toEqual([]);
  });
});

/** Data without what the schema says is not told again. */
function remembered(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(remembered);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      if (!toldOnce.has(name)) return [name, remembered(value)];
      return [name, Array.isArray(value) ? [] : null];
    }),
  );
}

const toldOnce = new Set(
  Object.values(assembleSchema().getTypeMap())
    .flatMap(type => (isObjectType(type) ? Object.values(type.getFields()) : []))
    .filter(({ description }) => description?.includes('Not told again'))
    .map(({ name }) => name),
);

/** The input with another text in its first member that is one. */
function changed(input: Readonly<Record<string, unknown>>): object {
  const [name, value] = Object.entries(input).find(([, each]) => typeof each === 'string') ?? ['', ''];
  return { ...input, [name]: `${String(value)}x` };
}
