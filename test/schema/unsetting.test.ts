/** Null in updates: each member that can be changed is unset by it, or one issue says that it cannot be, in the same words. */
import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import { expect, test } from 'vitest';
import { operations } from '../../src/schema/operation/registry.ts';
import { useGateway } from '../support/gateway.ts';
import { mutationNamed, runMutation } from '../support/mutations.ts';
import { schema } from '../support/queries.ts';

const gateway = useGateway();

const updates = operations().filter(({ kind, name }) => kind === 'mutation' && /^update[A-Z]/.test(name));

function inputOf(name: string): GraphQLInputObjectType {
  const type = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`);
  if (!isInputObjectType(type)) throw new Error(`${name} has no input.`);
  return type;
}

function fieldsOf(type: GraphQLInputObjectType): GraphQLInputField[] {
  return Object.values(type.getFields());
}

/** What names the thing and not its change. */
const ownMembers = new Set(['idempotencyKey', 'identityStoreId', 'accountId']);

/** The members of an input that can be left out, of a batch those of its items. */
const cases = updates.flatMap(({ name, batch }) => {
  const input = inputOf(name);
  const { items } = batch ?? {};
  const item = items === undefined ? undefined : getNamedType(input.getFields()[items]?.type);
  const changed = isInputObjectType(item) ? item : input;
  return fieldsOf(changed)
    .filter(field => !isRequiredInputField(field) && !ownMembers.has(field.name))
    .map(field => ({ name, member: field.name, items, changed }));
});

test('Every update has members that are tried, but for the one that takes nothing but the whole', () => {
  const tried = new Set(cases.map(({ name }) => name));
  expect(updates.map(({ name }) => name).filter(name => !tried.has(name))).toEqual([
    'updateChimeUserSettings',
  ]);
});

/** What a create wants cannot be unset either. */
function isWanted(name: string, member: string): boolean {
  const create = schema.getType(`${name.replace(/^update/, 'Create')}Input`);
  const field = isInputObjectType(create) ? create.getFields()[member] : undefined;
  return field !== undefined && isNonNullType(field.type) && !isListType(field.type.ofType);
}

test.each(cases)(
  '$name tells at most once, and in the same words, what null does not unset: $member',
  async each => {
    const { name, member, items, changed } = each;
    const { input } = mutationNamed(name);
    const [given] = (items === undefined ? [input] : input[items]) as [Record<string, unknown>];
    const required = fieldsOf(changed).filter(isRequiredInputField);
    const alone = Object.fromEntries(required.map(field => [field.name, given[field.name]]));
    const at = items === undefined ? [] : [items, '0'];
    for (const others of [alone, given, { ...given, ...valuesOf(name) }]) {
      gateway.localAws.reset();
      const change = { ...others, [member]: null };
      const result = await runMutation(
        gateway,
        name,
        items === undefined ? change : { ...input, [items]: [change] },
      );
      const isUnset = result.code === undefined;
      const issues = (result.issues ?? []) as { path: string[]; message: string }[];
      const path = [...at, member];
      const refusal = { path, message: `${path.join('.')} cannot be unset.` };
      expect([change, issues]).toEqual([change, isUnset && !isWanted(name, member) ? [] : [refusal]]);
    }
  },
);

/** Values for all that can be changed: that which AWS replaces as a whole is then given as a whole. */
function valuesOf(name: string): object {
  return name.startsWith('updateChimeSdk') ? { name: 'New', metadata: 'k' } : {};
}
