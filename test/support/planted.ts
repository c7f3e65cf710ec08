/** Requests whose texts are all of one person, for every operation of the API, and what to look for afterwards. */
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { apiNameOf } from '../../src/adapter/members.ts';
import type { AwsOperation } from '../../src/adapter/operation.ts';
import { inputRefusal } from '../../src/adapter/request.ts';
import { queryDocument } from '../../src/schema/example-documents.ts';
import { encodeGlobalId } from '../../src/schema/global-id.ts';
import { type ApiOperation, operations } from '../../src/schema/operation/registry.ts';
import { picture } from './images.ts';
import { documentOf, examples, type Mutation, mutations } from './mutations.ts';

/** What callers send of a person, in forms for the constraints that AWS has. */
const texts = [
  'Augusta Lovelace 🙂',
  'lovelace@example.com',
  '+44 20 7946 0815',
  '+442079460815',
  '1815-12-10',
  'lovelace-4711',
  'lovelace4711',
];

/** The same in objects. */
const documents = [{ 'aws:identitystore:enterprise': { note: texts[0] } }, { note: texts[4] }];

/** A picture of the person, with a note after its end. */
const planted = Buffer.concat([picture(), Buffer.from(texts.join())]).toString('base64');

/** What gives each of them away, however it is cased. */
export const givenAway = ['lovelace', '7946 0815', '79460815', '1815-12-10'];

/** What AWS says of a person of its own accord, in words of exceptions and in what is no answer. */
export const fromAws = 'Grace Hopper, hopper@example.com, 1906-12-09';
export const fromAwsGivenAway = ['hopper', '1906-12-09'];

export interface PlantedRequest {
  readonly query: string;
  readonly variables?: object;
}

type Path = readonly string[];
type Leaf = (path: Path, candidates?: readonly unknown[]) => unknown;

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

/** Values that several examples of one provider have in common name things that have to be there. */
const shared = sharedValues();

function sharedValues(): ReadonlySet<unknown> {
  const seen = new Map<unknown, number>();
  for (const { args } of Object.values(examples)) {
    const flat = JSON.stringify(args, (_name, value: unknown) => value) ?? '';
    for (const [, value] of flat.matchAll(/"(?:collectionId|accountId|identityStoreId)":"([^"]+)"/g)) {
      seen.set(value, (seen.get(value) ?? 0) + 1);
    }
  }
  return new Set(seen.keys());
}

/** A value of an input type; members whose leaf is undefined are left out. */
function fill(type: GraphQLInputType, path: Path, leaf: Leaf): unknown {
  if (isNonNullType(type)) return fill(type.ofType, path, leaf);
  if (isListType(type)) {
    const item = fill(type.ofType, [...path, '0'], leaf);
    return item === undefined ? undefined : [item];
  }
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const members = Object.values(type.getFields()).slice(0, type.isOneOf ? 1 : undefined);
    const entries = members.map(each => [each.name, fill(each.type, [...path, each.name], leaf)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  switch (type.name) {
    case 'Int':
      return 10;
    case 'Boolean':
      return true;
    case 'Base64':
      return planted;
    case 'Float':
      return 50;
    case 'JSONObject':
      return leaf(path, documents);
    default:
      return leaf(path);
  }
}

/** The first of the texts that an operation of AWS takes there. */
function takenBy(operation: AwsOperation): Leaf {
  let turn = 0;
  return (path, given = texts) => {
    turn += 1;
    const candidates = given.map((_, index) => given[(index + turn) % given.length]);
    return candidates.find(text => {
      const input = path.reduceRight<unknown>(
        (value, name) => (name === '0' ? [value] : { [name]: value }),
        text,
      );
      const issues = inputRefusal(operation as AwsOperation<object>, input as never)?.issues ?? [];
      return !issues.some(issue => issue.path.slice(0, path.length).join() === path.join());
    });
  };
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value);
}

/** What is deleted could not be changed any more. */
function turnOf({ field }: Mutation): number {
  return field.startsWith('delete') ? 1 : 0;
}

/** What is in something is named after it, and is deleted before it; of all others, the order does not matter. */
function lengthOf({ field }: Mutation): number {
  return field.startsWith('delete') ? field.length : 0;
}

const isId = /Id$/;

/** Whether what a member of its input names has to be there, and no other mutation makes it under an id of the caller's. */
function isAboutOthers({ field, aws }: Mutation, path: Path): boolean {
  if (/^(?:create|delete)/.test(field) || !isId.test(path.at(-1) ?? '')) return false;
  // What changes it may be a call by an id that another call finds.
  const isRequired = aws.some(({ request }) =>
    request.required?.some(member => apiNameOf(member) === path[0]),
  );
  return isRequired || path.length > 1;
}

/** Requests that AWS performs, for each mutation: its input has every member that AWS takes. */
export function goodMutations(): readonly PlantedRequest[] {
  return mutations
    .toSorted((a, b) => turnOf(a) - turnOf(b) || lengthOf(b) - lengthOf(a))
    .map(mutation => {
      const operation = mutation.aws.find(({ effect }) => effect !== 'read') as AwsOperation;
      const type = schema.getType(`${mutation.typeName}Input`) as GraphQLInputType;
      const taken = takenBy(operation);
      const own =
        operations().find(({ name, kind }) => kind === 'mutation' && name === mutation.field)?.ownInput ?? [];
      const leaf: Leaf = (path, candidates) => {
        const example = at(mutation.input, path);
        // An id that AWS's request has elsewhere cannot be judged here.
        const isOwnId = own.includes(path[0] ?? '') && /Ids?$/.test(path[0] ?? '');
        const isOthers = isAboutOthers(mutation, path);
        if (shared.has(example) || isOwnId || isOthers) return example;
        const value = taken(path, candidates);
        if (typeof value !== 'string') return value ?? example;
        // What is unique was taken by what was created.
        return mutation.field.startsWith('update') ? `${value}2` : value;
      };
      return { query: documentOf(mutation, mutation.select), variables: { input: fill(type, [], leaf) } };
    });
}

/** Requests that break rules in every member, for each mutation and query. */
export function badRequests(): readonly PlantedRequest[] {
  const leaf: Leaf = (path, candidates) =>
    candidates?.[0] ?? `${texts.join(' ')} ${'lovelace'.repeat(path.length === 1 ? 1 : 200)}`;
  return [
    ...mutations.map(mutation => ({
      query: documentOf(mutation, mutation.select),
      variables: { input: fill(schema.getType(`${mutation.typeName}Input`) as GraphQLInputType, [], leaf) },
    })),
    ...queries().map(({ name }) => queryRequest(name, leaf)),
    nodeRequest(texts[0] ?? ''),
  ];
}

/** Requests that reach AWS, for each query and node type. */
export function goodReads(): readonly PlantedRequest[] {
  const leaf: Leaf = path => {
    const example = [...shared].find(value => at(exampleArgs, path) === value);
    return path.at(-1) === 'after' ? undefined : (example ?? (path.includes('email') ? texts[1] : texts[4]));
  };
  const exampleArgs = Object.assign({}, ...Object.values(examples).map(({ args }) => args)) as object;
  const nodes = operations()
    .filter(({ kind }) => kind === 'node')
    .flatMap(({ name }) =>
      [...shared, 'd-9067012345'].flatMap(container => [
        encodeGlobalId(name, String(container)),
        encodeGlobalId(name, `${String(container)}/${texts[4]}`),
      ]),
    );
  return [...queries().map(({ name }) => queryRequest(name, leaf)), ...nodes.map(nodeRequest)];
}

/** Requests that reach AWS in a new demo world, for each field. */
export function fieldReads(): readonly PlantedRequest[] {
  const finders = Object.values(schema.getQueryType()?.getFields() ?? {});
  return operations()
    .filter(({ kind }) => kind === 'field')
    .map(({ coordinate, name }) => {
      const [parent = ''] = coordinate.split('.');
      const finder = finders.find(query => getNamedType(query.type).name === parent && examples[query.name]);
      const args = examples[finder?.name ?? '']?.args ?? {};
      const type = schema.getType(parent) as GraphQLObjectType;
      const inside = isLeafType(getNamedType(type.getFields()[name]?.type)) ? '' : ' { __typename }';
      return {
        query: queryDocument(schema, 'Planted', {
          [String(finder?.name)]: { args, select: `lovelace: ${name}${inside}` },
        }),
      };
    });
}

function queries(): readonly ApiOperation[] {
  return operations().filter(({ kind }) => kind === 'query');
}

function nodeRequest(id: string): PlantedRequest {
  return { query: 'query Node($id: ID!) { node(id: $id) { __typename id } }', variables: { id } };
}

function queryRequest(name: string, leaf: Leaf): PlantedRequest {
  const field = schema.getQueryType()?.getFields()[name] as GraphQLField<unknown, unknown>;
  const variables = Object.fromEntries(
    field.args
      .map(({ name: arg, type }) => [arg, fill(type, [arg], leaf)] as const)
      .filter(([, value]) => value !== undefined),
  );
  return queryWith(name, variables);
}

function queryWith(name: string, variables: object, select = examples[name]?.select): PlantedRequest {
  const field = schema.getQueryType()?.getFields()[name] as GraphQLField<unknown, unknown>;
  const used = field.args.filter(arg => Object.hasOwn(variables, arg.name));
  const declared = used.map(arg => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const given = used.map(arg => `${arg.name}: $${arg.name}`).join(', ');
  const head = used.length > 0 ? `query Planted(${declared})` : 'query Planted';
  const call = used.length > 0 ? `lovelace: ${name}(${given})` : `lovelace: ${name}`;
  return { query: `${head} { ${call} { ${select} } }`, variables };
}

/** Whatever of a person stands in a text, as it is or encoded in base64. */
export function traitsIn(text: string, traits: readonly string[]): readonly string[] {
  const decoded =
    text.match(/[\w+/=-]{12,}/g)?.map(word => Buffer.from(word, 'base64').toString('latin1')) ?? [];
  const seen = [text, decodeURIComponent(text.replaceAll(/%(?![\da-f]{2})/gi, '%25')), ...decoded]
    .join('\n')
    .toLowerCase();
  return traits.filter(trait => seen.includes(trait));
}
