/** A small input can break rules thousands of times, and under long names: an error lists some of it and counts the rest. */
import {
  type GraphQLInputField,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../../src/schema/operation/registry.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, mutationNamed, mutations } from '../support/mutations.ts';
import { schema } from '../support/queries.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const createUser = mutationNamed('createIdentityStoreUser');

async function refusalOf(broken: object, mutation = createUser) {
  const input = { ...mutation.input, ...broken };
  const { data, errors } = await gateway.query(documentOf(mutation), { input });
  expect(errors).toBeUndefined();
  return data.result as { message: string; issues: { path: string[]; message: string }[] };
}

const tooShort = (count: number) => Array.from({ length: count }, () => ({ value: '', type: 'work' }));
const emptyValue = (index: number) => ({
  path: ['emails', String(index), 'value'],
  message: `emails.${index}.value must not be empty.`,
});

test('A hundred issues are all listed', async () => {
  const { message, issues } = await refusalOf({ emails: tooShort(49) });
  expect(issues.length).toBeLessThanOrEqual(100);
  expect(message).toBe(issues.map(issue => issue.message).join(' '));
});

test('Of more than a hundred the first are listed, and the message counts the others', async () => {
  const { message, issues } = await refusalOf({ emails: tooShort(10_000) });
  expect(issues).toHaveLength(100);
  expect(issues[0]).toEqual(emptyValue(0));
  expect(message).toMatch(/ There are at least [\d,]+ more issues\.$/);
});

test('Long names count for more: the whole answer stays small', async () => {
  const name = 'n'.repeat(20_000);
  const half = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`k${index}`, '\ud800']));
  const { message, issues } = await refusalOf({ extensions: { [name]: half } });
  expect(issues.length).toBeGreaterThan(0);
  expect(JSON.stringify({ message, issues }).length).toBeLessThan(200_000);
  expect(message).toMatch(/ There is at least 1 more issue\.$/);
});

const HALF = 'must not have half of a surrogate pair, which has no form in UTF-8';

/** The whole refusal of an input that has an issue at each of these paths, and others. */
function refusalAt(paths: readonly (readonly string[])[], requirement: string) {
  const issues = paths.map(path => ({ path, message: `${path.join('.')} ${requirement}.` }));
  const told = issues.map(({ message }) => message).join(' ');
  return {
    __typename: 'InvalidInputError',
    message: `${told} There is at least 1 more issue.`,
    code: 'INVALID_INPUT',
    retryable: false,
    providerCode: null,
    requestId: null,
    issues,
  };
}

/** A value of a type of input that holds so many texts, and where they are. */
function textsIn(
  { name, type }: Pick<GraphQLInputField, 'name' | 'type'>,
  text: string,
  count: number,
): { readonly value: unknown; readonly at: (index: number) => readonly string[] } | undefined {
  const named = getNamedType(type);
  const times = (value: unknown) => Array.from({ length: count }, () => value);
  if (named.name === 'JSONObject')
    return { value: { k: times(text) }, at: index => [name, 'k', String(index)] };
  if (!isListType(getNullableType(type))) return undefined;
  if (named.name === 'String') return { value: times(text), at: index => [name, String(index)] };
  if (!isInputObjectType(named)) return undefined;
  const [member, ...others] = Object.values(named.getFields()).filter(
    field => String(getNullableType(field.type)) === 'String',
  );
  const beside = Object.fromEntries(others.map(other => [other.name, 'x']));
  return (
    member && {
      value: times({ [member.name]: text, ...beside }),
      at: index => [name, String(index), member.name],
    }
  );
}

/** Every member of an input that can hold thousands of texts, but for the items of batches. */
const roomy = mutations.flatMap(mutation => {
  const input = schema.getType(`${mutation.typeName}Input`);
  const batch = operations().find(({ name, kind }) => kind === 'mutation' && name === mutation.field)?.batch;
  if (!isInputObjectType(input)) return [];
  return Object.values(input.getFields()).flatMap(field => {
    const texts = field.name === batch?.items ? undefined : textsIn(field, '\ud800', 5_000);
    return texts ? [{ mutation, member: field.name, ...texts }] : [];
  });
});

test('There are such members in lists of texts, lists of inputs and free-form JSON', () => {
  expect(roomy.map(({ mutation, member }) => `${mutation.field}.${member}`)).toEqual(
    expect.arrayContaining([
      'createIdentityStoreUser.emails',
      'createIdentityStoreUser.extensions',
      'updateIdentityStoreUser.emails',
      'tagRekognitionCollection.tags',
      'untagRekognitionCollection.tagKeys',
    ]),
  );
});

test.each(roomy.map(each => [each.mutation.field, each.member, each] as const))(
  'Of thousands of texts in %s.%s that cannot be sent a hundred are told',
  async (_field, _member, { mutation, member, value, at }) => {
    const before = gateway.calls().length;
    const refusal = await refusalOf({ [member]: value }, mutation);
    const told = Array.from({ length: 100 }, (_, index) => at(index));
    expect(refusal).toMatchObject(refusalAt(told, HALF));
    expect(refusal.issues).toHaveLength(100);
    expect(gateway.calls()).toHaveLength(before);
  },
);

test.each(
  roomy.flatMap(each =>
    Array.isArray(each.value) ? [[each.mutation.field, each.member, each] as const] : [],
  ),
)(
  'A list of more than ten thousand in %s.%s is refused before an entry is looked at',
  async (_field, _member, { mutation, member }) => {
    const query = `mutation ($input: ${mutation.typeName}Input!) { ${mutation.field}(input: $input) { __typename } }`;
    const input = { ...mutation.input, [member]: Array.from({ length: 10_001 }, () => 'no such entry') };
    const lists = Object.values(input).filter((value): value is readonly unknown[] => Array.isArray(value));
    const actual = lists.reduce((sum, list) => sum + list.length, 0);
    expect(await gateway.query(query, { input })).toEqual({
      errors: [
        {
          message: `The operation is too large: the lists of its inputs have ${actual} items, and may have 10000.`,
          extensions: { code: 'OPERATION_TOO_LARGE', limit: 'items', maximum: 10_000, actual },
        },
      ],
    });
  },
);

test('Under a name of 300,000 characters one is told: each names it again', async () => {
  const name = 'n'.repeat(300_000);
  const half = Array.from({ length: 2_000 }, () => '\ud800');
  const refusal = await refusalOf({ extensions: { [name]: half } });
  expect(refusal).toMatchObject(refusalAt([['extensions', name, '0']], HALF));
  expect(refusal.issues).toHaveLength(1);
});

test('An update judges as much of a list as a create', async () => {
  const emails = tooShort(5_000);
  const { userName: _userName, displayName: _displayName, name: _name, ...update } = createUser.input;
  const updateUser = mutationNamed('updateIdentityStoreUser');
  const refusal = await refusalOf({ ...update, emails }, updateUser);
  expect(refusal).toEqual(await refusalOf({ emails }));
});

test('Of thousands of malformed groups of a user those are told that one call takes, and the others are not looked at', async () => {
  const malformed = Array.from({ length: 45_000 }, (_, at) => `group-${at}`);
  // Twice the same is told where it came first.
  const groupIds = ['group-0', ...malformed];
  const userId = '90670123-1111-4a5b-8c1d-000000000001';
  const { data, errors } = await gateway.query(
    'query ($userId: String!, $groupIds: [String!]!) { isMemberInGroups(userId: $userId, groupIds: $groupIds) { groupId } }',
    { userId, groupIds },
  );
  const form = 'must be a UUID, or ten hexadecimal digits, "-" and a UUID';
  const issues = Array.from({ length: 100 }, (_, at) => {
    const place = String(at === 0 ? 0 : at + 1);
    return { path: ['groupIds', place], message: `groupIds.${place} ${form}.` };
  });
  expect(data).toEqual({ isMemberInGroups: null });
  expect(errors).toEqual([
    {
      message: issues.map(({ message }) => message).join(' '),
      locations: expect.any(Array),
      path: ['isMemberInGroups'],
      extensions: { code: 'INVALID_INPUT', retryable: false, providerCode: null, requestId: null, issues },
    },
  ]);
});
