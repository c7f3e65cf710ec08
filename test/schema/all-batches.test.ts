/** Every mutation of several items: what is wrong with one of them takes nothing from the others. */
import { getNamedType, isInputObjectType, isNonNullType } from 'graphql';
import { expect, test } from 'vitest';
import { operations } from '../../src/schema/operation/registry.ts';
import { useGateway } from '../support/gateway.ts';
import { examples, mutationNamed, runMutation } from '../support/mutations.ts';
import { nowhere } from '../support/nowhere.ts';
import { schema } from '../support/queries.ts';

const gateway = useGateway();

interface BatchCase {
  readonly name: string;
  readonly list: string;
  readonly perCall: number;
  /** How many calls it may have under way. */
  readonly parallel: number;
  readonly input: Readonly<Record<string, unknown>>;
  /** An item that succeeds, and the type of its outcome. */
  readonly item: unknown;
  readonly success: string;
}

const batches: BatchCase[] = operations().flatMap(({ name, kind, batch, aws }) => {
  if (kind !== 'mutation' || !batch) return [];
  const { items: list, perCall = 1 } = batch;
  const input = examples[name]?.args['input'] as BatchCase['input'];
  const [item] = input[list] as readonly unknown[];
  const success = mutationNamed(name).itemTypes[0] ?? '';
  const parallel = aws[0]?.service.parallelLookUps ?? 1;
  return [{ name, list, perCall, parallel, input, item, success }];
});

/** An item that AWS refuses by its form: it names nothing. */
function nameless(item: unknown, nothing = ''): unknown {
  if (typeof item === 'string') return nothing;
  const members = Object.entries(item as object);
  return Object.fromEntries(members.map(([name, value]) => [name, name.endsWith('Id') ? nothing : value]));
}

const run = ({ name, list, input }: BatchCase, items: readonly unknown[]) =>
  runMutation(
    gateway,
    name,
    { ...input, [list]: items },
    'outcomes { __typename ... on InvalidInputError { message providerCode issues { path } } }',
  );

/** What is expected of a malformed item: that all that is wrong is told of it. */
function expectRefused(outcome: unknown, list: string, at: number, path: readonly string[]): void {
  const { issues } = outcome as { readonly issues: readonly unknown[] };
  expect(outcome).toMatchObject({ __typename: 'InvalidInputError', providerCode: null });
  expect(issues).toEqual(issues.map(() => ({ path: [list, String(at), ...path] })));
  expect(issues.length).toBeGreaterThan(0);
}

/** Where the name of an item is. */
const nameOf = (item: unknown) =>
  typeof item === 'string' ? [] : Object.keys(item as object).filter(each => each.endsWith('Id'));

test('There are batches of all kinds: of several items in a call, and of one', () => {
  expect(new Set(batches.map(({ perCall }) => perCall > 1))).toEqual(new Set([true, false]));
});

test.each(batches)('$name gives a malformed item its outcome, and performs the others', async batch => {
  const { name, list, item, success } = batch;
  const answer = await run(batch, [nameless(item), item, nameless(item)]);
  expect(answer).toMatchObject({
    __typename: `${mutationNamed(name).typeName}Success`,
    outcomes: [{}, { __typename: success }, {}],
  });
  for (const at of [0, 2]) expectRefused(answer.outcomes[at], list, at, nameOf(item));
});

test.each(batches)(
  '$name tells the place of a malformed item behind those that one call takes',
  async batch => {
    const { list, item, perCall, success } = batch;
    const before = Array.from({ length: perCall + 1 }, () => item);
    const { outcomes } = await run(batch, [...before, nameless(item)]);
    expect(outcomes).toHaveLength(perCall + 2);
    expect(outcomes[0]).toMatchObject({ __typename: success });
    expectRefused(outcomes[perCall + 1], list, perCall + 1, nameOf(item));
  },
);

test.each(batches)(
  '$name has an outcome for each of more malformed items than an error lists',
  async batch => {
    const { list, item } = batch;
    const { outcomes } = await run(
      batch,
      Array.from({ length: 250 }, () => nameless(item)),
    );
    expect(outcomes).toHaveLength(250);
    expectRefused(outcomes[249], list, 249, nameOf(item));
    expect(gateway.calls()).toEqual([]);
  },
);

const MAX_ITEMS = 10_000;

test.each(batches)('$name takes ten thousand items, whatever is wrong with them', async batch => {
  const { name, list, item, input } = batch;
  const { typeName } = mutationNamed(name);
  const items = Array.from({ length: MAX_ITEMS }, () => nameless(item, ' '.repeat(8)));
  const document = `mutation ($input: ${typeName}Input!) {
    ${name}(input: $input) { ... on ${typeName}Success { outcomes { __typename } } }
  }`;
  expect(await gateway.query(document, { input: { ...input, [list]: items } })).toEqual({
    data: { [name]: { outcomes: items.map(() => ({ __typename: 'InvalidInputError' })) } },
  });
  expect(gateway.calls()).toEqual([]);
  // The log tells of some of them.
  const { refusals } = gateway.log.at(-1) as { readonly refusals: readonly object[] };
  expect(refusals).toEqual(
    Array.from({ length: 100 }, () => ({ code: 'INVALID_INPUT', providerCode: null, awsRequestId: null })),
  );
});

test.each(batches)('$name refuses more, also when no outcome is asked for', async batch => {
  const { name, list, item, input } = batch;
  const document = `mutation ($input: ${mutationNamed(name).typeName}Input!) { ${name}(input: $input) { __typename } }`;
  const items = Array.from({ length: MAX_ITEMS + 1 }, () => item);
  expect(await gateway.query(document, { input: { ...input, [list]: items } })).toEqual({
    errors: [
      {
        message: 'The operation is too large: the lists of its inputs have 10001 items, and may have 10000.',
        extensions: { code: 'OPERATION_TOO_LARGE', limit: 'items', maximum: 10_000, actual: 10_001 },
      },
    ],
  });
  expect(gateway.calls()).toEqual([]);
});

test('The items of all batches of an operation count together, wherever they are written', async () => {
  const [{ name, list, item, input }] = batches as [BatchCase];
  const batch = (items: string) => {
    const { [list]: _items, ...beside } = input;
    const members = Object.entries(beside).map(([member, value]) => `${member}: ${JSON.stringify(value)}`);
    return `${name}(input: { ${members.join(' ')} ${list}: ${items} }) { __typename }`;
  };
  const { errors } = await gateway.query(
    `mutation ($items: [String!]!) { a: ${batch('$items')} b: ${batch('["a", "b"]')} }`,
    { items: Array.from({ length: MAX_ITEMS - 1 }, () => item) },
  );
  expect(errors).toEqual([
    {
      message: 'The operation is too large: the lists of its inputs have 10001 items, and may have 10000.',
      extensions: { code: 'OPERATION_TOO_LARGE', limit: 'items', maximum: 10_000, actual: 10_001 },
    },
  ]);
});

test.each(batches)('$name does nothing for nobody', async batch => {
  expect(await run(batch, [])).toMatchObject({
    __typename: `${mutationNamed(batch.name).typeName}Success`,
    outcomes: [],
  });
  expect(gateway.calls()).toEqual([]);
});

test.each(batches)('$name refuses as a whole what is wrong beside its items', async batch => {
  const { list, input, item } = batch;
  const besides = Object.entries(input).flatMap(([member, value]) =>
    member !== list && typeof value === 'string' ? [member] : [],
  );
  for (const items of [[], [item], [nameless(item)]]) {
    const wrong = { ...batch, input: { ...input, [besides[0] ?? '']: '' } };
    const { __typename, issues } = await run(wrong, items);
    expect(__typename).toBe('InvalidInputError');
    expect(issues[0].path).toEqual([besides[0]]);
  }
  expect(gateway.calls()).toEqual([]);
});

/** The members of a mutation's input. */
function membersOfInput(name: string): string[] {
  const input = schema.getType(`${mutationNamed(name).typeName}Input`);
  return isInputObjectType(input) ? Object.keys(input.getFields()) : [];
}

/** An item of the same form with another name. */
function another(item: unknown, at: number): unknown {
  if (typeof item === 'string') {
    const number = String(at).padStart(4, '0');
    return item.includes('@') ? `${number}${item}` : `${item.slice(0, -4)}${number}`;
  }
  const members = Object.entries(item as object);
  return Object.fromEntries(
    members.map(([name, value]) => [name, name.endsWith('Id') ? another(value, at) : value]),
  );
}

test.each(batches)(
  '$name tells once that what its items are in does not exist, and asks for no more of them',
  async batch => {
    const { name, input, item, perCall, parallel } = batch;
    const fields = membersOfInput(name);
    const member = fields.find(each => Object.hasOwn(nowhere, each)) ?? '';
    const wrong = { ...batch, input: { ...input, [member]: nowhere[member] } };
    const count = Math.min(3 * parallel * perCall, 10_000);
    const items = Array.from({ length: count }, (_, at) => another(item, at));
    const { __typename, resourceId } = await run(wrong, items);
    expect(__typename).toBe('NotFoundError');
    expect(Object.values(wrong.input)).toContain(resourceId);
    expect(gateway.calls().length).toBeLessThanOrEqual(parallel);
  },
);

/** What an item has beside its name, if it is an input of its own. */
function changesOf({ name, list }: BatchCase): readonly string[] {
  const input = schema.getType(`${mutationNamed(name).typeName}Input`);
  const item = isInputObjectType(input) ? getNamedType(input.getFields()[list]?.type) : undefined;
  if (!isInputObjectType(item)) return [];
  return Object.values(item.getFields()).flatMap(field => (isNonNullType(field.type) ? [] : [field.name]));
}

test.each(batches.filter(batch => changesOf(batch).length > 0))(
  '$name gives an item that changes nothing the refusal that such a change has alone',
  async batch => {
    const { list, item, success } = batch;
    const unchanged = Object.fromEntries(
      Object.entries(item as object).filter(([name]) => !changesOf(batch).includes(name)),
    );
    const { outcomes } = await run(batch, [item, unchanged]);
    expect(outcomes).toMatchObject([
      { __typename: success },
      {
        __typename: 'InvalidInputError',
        message: expect.stringMatching(/^Give at least one of .+ to change\.$/),
        issues: [{ path: [list, '1'] }],
      },
    ]);
  },
);
