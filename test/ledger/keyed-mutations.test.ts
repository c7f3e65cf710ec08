/** What is asked for under an idempotency key is done once, whatever mutation it is. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
      data: first.data,
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

/** The input with another text in its first member that is one. */
function changed(input: Readonly<Record<string, unknown>>): object {
  const [name, value] = Object.entries(input).find(([, each]) => typeof each === 'string') ?? ['', ''];
  return { ...input, [name]: `${String(value)}x` };
}
