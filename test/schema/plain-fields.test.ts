/** Which fields the executor of the bundle may read by the short way. */
import { type GraphQLObjectType, isObjectType } from 'graphql';
import { beforeAll, expect, it } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { assembleSchema } from '../../src/schema/index.ts';

const types: GraphQLObjectType[] = [];
beforeAll(async () => {
  await Promise.all(providers.map(({ load }) => load()));
  types.push(...Object.values(assembleSchema().getTypeMap()).filter(isObjectType));
}, 60_000);

const fields = () => types.flatMap(type => Object.values(type.getFields()));
const isPlain = ({ extensions }: { readonly extensions: object }) => 'readsObjectAlone' in extensions;

it('The global ids of all nodes, and what their objects hold, say that they need nothing but their object', () => {
  const node = types.find(({ name }) => name === 'RekognitionUser')?.getFields() ?? {};
  expect(Object.entries(node).map(([name, field]) => [name, isPlain(field)])).toEqual([
    ['id', true],
    ['collectionId', true],
    ['userId', true],
    ['userStatus', true],
    ['faces', false],
  ]);
  const ids = types.flatMap(type => (type.getInterfaces().length > 0 ? (type.getFields()['id'] ?? []) : []));
  expect(ids.filter(field => !isPlain(field))).toEqual([]);
});

it('No field says so whose resolver takes more', () => {
  const plain = fields().filter(isPlain);
  expect(plain.filter(({ resolve }) => resolve && resolve.length !== 1)).toEqual([]);
});
