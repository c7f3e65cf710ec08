/** Documents that ask for all there is to ask for. */
import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isUnionType,
  print,
  valueToLiteral,
} from 'graphql';
import { providers } from '../../src/providers/index.ts';
import { encodeGlobalId } from '../../src/schema/global-id.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { type ApiOperation, operations } from '../../src/schema/operation/registry.ts';
import { examples } from './mutations.ts';
import { otherWays } from './queries.ts';

await Promise.all(providers.map(({ load }) => load()));

export const schema = assembleSchema();

/** Connections within connections have nothing more to ask for. */
const LEVELS = 6;

/**
 * A selection of all fields that can be asked for without an argument, and of theirs, down to some levels. What is in
 * a thing of the same type is left out: things lead to each other for ever.
 */
export function everythingOf(
  type: GraphQLNamedType,
  levels = LEVELS,
  within: readonly string[] = [],
): string {
  if (isUnionType(type)) {
    const members = type.getTypes().filter(({ name }) => !name.endsWith('Error'));
    const parts = members.map(member => `... on ${member.name} ${everythingOf(member, levels, within)}`);
    return `{ __typename ${parts.join(' ')} ... on Error { code message } }`;
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const fields = Object.values(type.getFields()).flatMap(field => {
    const of = getNamedType(field.type);
    const isLeaf = !isObjectType(of) && !isInterfaceType(of) && !isUnionType(of);
    if (field.args.some(arg => isNonNullType(arg.type) && arg.defaultValue === undefined)) return [];
    if (isLeaf) return [field.name];
    const path = [...within, type.name];
    if (levels === 0 || path.includes(of.name)) return [];
    // One of each list, so that lists within lists keep to the limit of what a document may cost.
    const page = field.args.some(({ name }) => name === 'first') ? '(first: 1)' : '';
    return [`${field.name}${page} ${everythingOf(of, levels - 1, path)}`];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

/** The input of a mutation's example, as a document has it. */
export function inputLiteral(mutation: string): string {
  const [arg] = schema.getMutationType()?.getFields()[mutation]?.args ?? [];
  const literal = arg && valueToLiteral(examples[mutation]?.args[arg.name], arg.type);
  if (!literal) throw new Error(`${mutation} has no example that fits.`);
  return print(literal);
}

/** A field of Query or Mutation as its example calls it, with everything. */
function call(field: GraphQLField<unknown, unknown>, args: Readonly<Record<string, unknown>>): string {
  const given = field.args.flatMap(({ name, type }) => {
    const literal = Object.hasOwn(args, name) && valueToLiteral(args[name], type);
    return literal ? [`${name}: ${print(literal)}`] : [];
  });
  const list = given.length > 0 ? `(${given.join(', ')})` : '';
  return `${field.name}${list} ${everythingOf(getNamedType(field.type))}`;
}

/** Jobs have no examples, since there is none at first; this one is nobody's. */
const noJob = { input: { id: encodeGlobalId('Job', '00000000-0000-4000-8000-000000000000') } };
const ofJobs: Readonly<Record<string, { readonly args: typeof noJob }>> = {
  cancelJob: { args: noJob },
  retryJob: { args: noJob },
};

/** Documents that call each field of a root type of the schema; ids, by the names of types, are for `node` and `nodes`. */
export function documentsOf(root: 'query' | 'mutation', ids: ReadonlyMap<string, string>): readonly string[] {
  const type = schema.getRootType(root) as GraphQLObjectType;
  return Object.values(type.getFields()).flatMap(field => {
    if (field.name === 'node') {
      return [...ids].map(
        ([name, id]) => `{ node(id: "${id}") { ... on ${name} ${everythingOf(named(name))} } }`,
      );
    }
    if (field.name === 'nodes') {
      return [`{ nodes(ids: ${JSON.stringify([...ids.values()])}) { __typename } }`];
    }
    const example = examples[field.name] ?? ofJobs[field.name];
    const needed = field.args.some(arg => isNonNullType(arg.type) && arg.defaultValue === undefined);
    if (!example && needed) throw new Error(`${field.name} has no example.`);
    const ways = root === 'query' && example ? otherWays(field.name) : [];
    return [example?.args ?? {}, ...ways].map(args => `${root} { ${call(field, args)} }`);
  });
}

export const nodeTypes: readonly ApiOperation[] = operations().filter(({ kind }) => kind === 'node');

/** The type of that name. */
export function named(name: string): GraphQLNamedType {
  const type = schema.getType(name);
  if (!type) throw new Error(`There is no type ${name}.`);
  return type;
}

/** A query's field whose example finds a thing of this type. */
export function finderOf(typename: string): { readonly name: string; call(select: string): string } {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const field = fields.find(({ name, type }) => type === named(typename) && examples[name]);
  if (!field) throw new Error(`No query finds a ${typename}.`);
  const args = examples[field.name]?.args ?? {};
  return {
    name: field.name,
    call(select) {
      const whole = call(field, args);
      return `{ ${whole.slice(0, whole.indexOf('{ __typename'))} ${select} }`;
    },
  };
}
