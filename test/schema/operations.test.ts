/** The registry of operations and the schema are the same: what every test over all operations relies on. */
import { isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';

await Promise.all(providers.map(({ load }) => load()));
const schema = assembleSchema();

/** Fields of Query that reach no AWS by themselves: the nodes' types are operations of their own. */
const withoutAws = ['auditEvents', 'jobs', 'node', 'nodes', 'providers'];

/** What the gateway keeps itself. */
const kept = ['Job'];

const namesOf = (kind: string) =>
  operations()
    .filter(operation => operation.kind === kind)
    .map(({ name }) => name);

test('Every mutation of the schema is a declared operation', () => {
  const fields = Object.keys(schema.getMutationType()?.getFields() ?? {});
  expect([...namesOf('mutation'), ...namesOf('job'), ...namesOf('jobChange')].toSorted()).toEqual(
    fields.toSorted(),
  );
});

test('Every query of the schema is a declared operation, but those that reach no AWS', () => {
  const fields = Object.keys(schema.getQueryType()?.getFields() ?? {});
  expect([...namesOf('query'), ...withoutAws].toSorted()).toEqual(fields.toSorted());
});

test('Every type with a global id is a declared operation', () => {
  const node = schema.getType('Node');
  const types = Object.values(schema.getTypeMap()).filter(
    type => isObjectType(type) && type.getInterfaces().some(each => each === node),
  );
  expect([...namesOf('node'), ...kept].toSorted()).toEqual(types.map(({ name }) => name).toSorted());
});

test('Every connection of another type than Query is a declared operation', () => {
  const fields = Object.values(schema.getTypeMap()).flatMap(type =>
    isObjectType(type) &&
    type !== schema.getQueryType() &&
    !kept.includes(type.name) &&
    !type.name.startsWith('__')
      ? Object.values(type.getFields())
          .filter(field => /Connection!?$/.test(String(field.type)))
          .map(field => `${type.name}.${field.name}`)
      : [],
  );
  const declared = new Set(operations().map(({ coordinate }) => coordinate));
  expect(fields.length).toBeGreaterThan(0);
  expect(fields.filter(coordinate => !declared.has(coordinate))).toEqual([]);
});

/** What the same is called where several are made or taken away at once, for which nobody needs another scope. */
const batches: Readonly<Record<string, readonly string[]>> = {
  create: ['add'],
  delete: ['remove'],
  log: ['logOut'],
  update: ['put'],
};

test.each(operations().filter(({ kind }) => kind !== 'jobChange'))(
  'The scope of $coordinate names its provider, an entity, and what it does',
  ({ kind, name, scope, provider, effect }) => {
    const [first, entity, action] = scope.split(':');
    expect(first).toBe(provider);
    expect(entity).toMatch(/^[a-z-]+s$/);
    expect(action === 'read').toBe(effect === 'read' && kind !== 'mutation');
    const [verb = ''] = (action ?? '').split('-');
    const verbs = [verb, ...(batches[verb] ?? [])];
    if (kind === 'mutation') expect(verbs.some(each => name.startsWith(each))).toBe(true);
  },
);
