/** The queries of the gateway, each with an example that finds something in the demo world, and how to run them. */
import {
  type GraphQLInputField,
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isLeafType,
} from 'graphql';
import { expect } from 'vitest';
import type { AwsOperation } from '../../src/adapter/operation.ts';
import { demoWorld } from '../../src/local-aws/index.ts';
import { queryDocument } from '../../src/schema/example-documents.ts';
import type { Example } from '../../src/schema/examples.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { type ApiOperation, operations } from '../../src/schema/operation/registry.ts';
import type { TestGateway } from './gateway.ts';
import { errorOfMissing, examples } from './mutations.ts';

/** The schema of all providers. */
export const schema = assembleSchema();

/** Every query that reaches AWS. */
export const queries = operations().filter(({ kind }) => kind === 'query');

/** Those that list things, page by page. */
export const lists = queries.filter(({ name }) => isList(name));

/** Every type of things that have a global id. */
export const nodeTypes = operations().filter(({ kind }) => kind === 'node');

/** @throws when the query has no example. */
export function exampleOf(name: string): Example {
  const example = examples[name];
  if (!example) throw new Error(`${name} has no example.`);
  return example;
}

/** The document that runs the example of a query, with another selection. */
export function documentOfQuery(name: string, select: string, args = exampleOf(name).args): string {
  return queryDocument(schema, 'Example', { [name]: { args, select } });
}

/** Runs it, which must answer without `errors`, and returns what is found. */
export async function runQuery(
  gateway: TestGateway,
  name: string,
  select: string,
  args: Example['args'] = exampleOf(name).args,
) {
  const { data, errors } = await gateway.query(documentOfQuery(name, select, args));
  expect(errors).toBeUndefined();
  return data[name];
}

/** Finds a thing by its global id, or null. */
export async function findNode(gateway: TestGateway, id: string) {
  const { data, errors } = await askForNode(gateway, id);
  expect(errors).toBeUndefined();
  return data.node;
}

/** What is answered when a thing is asked for by its global id. */
export function askForNode(gateway: TestGateway, id: string) {
  return gateway.query('query ($id: ID!) { node(id: $id) { __typename id } }', { id });
}

/** What a field answers that looks for what does not exist: some services do not tell it from what is forbidden. */
export function nothingAt(field: string, aws: readonly AwsOperation[]): object {
  const data = { [field]: null };
  if (errorOfMissing(aws) === 'NotFoundError') return { data };
  return { data, errors: [expect.objectContaining({ path: [field], extensions: hidden })] };
}

const hidden = expect.objectContaining({ code: 'ACCESS_DENIED', providerCode: 'ForbiddenException' });

/** The type of what a query finds, or has a list of. */
export function foundBy(name: string): GraphQLObjectType {
  const type = getNamedType(schema.getQueryType()?.getFields()[name]?.type) as GraphQLObjectType;
  const edges = type.getFields()['edges'];
  if (!edges) return type;
  const node = (getNamedType(edges.type) as GraphQLObjectType).getFields()['node'];
  return getNamedType(node?.type) as GraphQLObjectType;
}

/** The selection that asks for a field of another type. */
export function selectionOf({ coordinate, name }: ApiOperation): string {
  const [parent = ''] = coordinate.split('.');
  const field = (schema.getType(parent) as GraphQLObjectType).getFields()[name];
  return isLeafType(getNamedType(field?.type)) ? name : `${name} { __typename }`;
}

/** Whether a query finds a connection. */
export function isList(name: string): boolean {
  return getNamedType(schema.getQueryType()?.getFields()[name]?.type)?.name.endsWith('Connection') ?? false;
}

/** Arguments that take another way each, beside the example's; what they name need not exist. */
export function otherWays(name: string): Example['args'][] {
  const { args } = exampleOf(name);
  return (schema.getQueryType()?.getFields()[name]?.args ?? []).flatMap(arg => {
    const type = getNamedType(arg.type);
    if (!isInputObjectType(type) || !type.isOneOf) return [];
    return Object.values(type.getFields()).map(field => ({
      ...args,
      [arg.name]: { [field.name]: someValue(field) },
    }));
  });
}

/** What AWS refuses to look for when it does not exist. */
const demo: Readonly<Record<string, unknown>> = {
  faceId: demoWorld.rekognition.faces[0].faceId,
  image: { bytes: demoWorld.rekognition.faces[0].image },
};

function someValue({ name, type }: GraphQLInputField): unknown {
  const known = demo[name];
  if (known !== undefined) return known;
  const of = getNamedType(type);
  if (isInputObjectType(of)) {
    return Object.fromEntries(Object.values(of.getFields()).map(field => [field.name, someValue(field)]));
  }
  return name === 'email' ? 'nobody@example.com' : '0a1b2c3d-4e5f-4a6b-8c7d-000000000000';
}
