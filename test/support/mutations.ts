/** The mutations of the gateway, each with an input that succeeds on the demo world, and how to run them. */
import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isObjectType, isUnionType } from 'graphql';
import { expect, test } from 'vitest';
import type { AwsOperation, Effect } from '../../src/adapter/operation.ts';
import type { ServiceModel } from '../../src/aws/models/model.ts';
import { providers } from '../../src/providers/index.ts';
import type { Examples } from '../../src/schema/examples.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import type { TestGateway } from './gateway.ts';

export interface Mutation {
  readonly field: string;
  readonly typeName: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What its example selects of its success. */
  readonly select: string;
  readonly errors: readonly string[];
  /** What can come of one of its items, the success first. */
  readonly itemTypes: readonly string[];
  /** The operations of AWS that it may call. */
  readonly aws: readonly AwsOperation[];
  /** Whether its success has an outcome for each item; the input has one then. */
  readonly hasOutcomes: boolean;
}

/** An operation of AWS that changes something, as part of a mutation. */
export interface Change {
  readonly mutation: Mutation;
  readonly field: string;
  /** Local AWS's name of the service, and AWS's of the operation. */
  readonly service: string;
  readonly operation: string;
  readonly effect: Effect;
  /** The service as messages call it. */
  readonly serviceName: string;
  readonly model: ServiceModel;
}

const loaded = await Promise.all(providers.map(({ load }) => load()));

/** The example that an entity brings along for an operation. */
export const examples: Examples = Object.assign({}, ...loaded.map(({ provider }) => provider.examples));

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

function hasOutcomes(typeName: string): boolean {
  const success = schema.getType(`${typeName}Success`);
  return isObjectType(success) && Object.hasOwn(success.getFields(), 'outcomes');
}

/** The members of the union of one item's outcome. */
function itemTypesOf(typeName: string): readonly string[] {
  const success = schema.getType(`${typeName}Success`);
  const outcomes = isObjectType(success) ? success.getFields()['outcomes'] : undefined;
  const outcome = outcomes && getNamedType(outcomes.type);
  return isUnionType(outcome) ? outcome.getTypes().map(({ name }) => name) : [];
}

/** What befalls a batch of one item is what befalls the item. */
function oneItem(input: Mutation['input'], items: string | undefined): Mutation['input'] {
  if (items === undefined) return input;
  return { ...input, [items]: (input[items] as readonly unknown[]).slice(0, 1) };
}

/** Every mutation that the providers declare; one without an example fails here. */
export const mutations: readonly Mutation[] = operations()
  .filter(({ kind }) => kind === 'mutation')
  .map(({ name, provider, aws, errors, batch }) => {
    const example = examples[name];
    if (!example)
      throw new Error(`${name} has no example in src/providers/${provider}/<entity>/examples.ts.`);
    const typeName = name.charAt(0).toUpperCase() + name.slice(1);
    return {
      field: name,
      typeName,
      input: oneItem(example.args['input'] as Mutation['input'], batch?.items),
      select: example.select,
      errors,
      itemTypes: itemTypesOf(typeName),
      aws,
      hasOutcomes: hasOutcomes(typeName),
    };
  });

/** Every operation of AWS with which a mutation changes something. */
export const changes: readonly Change[] = mutations.flatMap(mutation =>
  mutation.aws
    .filter(({ effect }) => effect !== 'read')
    .map(({ name, service, effect }) => ({
      mutation,
      field: mutation.field,
      service: service.model.service,
      operation: name,
      effect,
      serviceName: service.name,
      model: service.model,
    })),
);

/** The error for what does not exist: some services do not tell it from what is forbidden. */
export function errorOfMissing(aws: readonly AwsOperation[]): 'NotFoundError' | 'AccessDeniedError' {
  const hidden = aws.some(({ meanings }) => meanings.includes('missingOrDenied'));
  return hidden ? 'AccessDeniedError' : 'NotFoundError';
}

/**
 * What may be performed once more without a key: names need not be unique, or the same is there already. AWS's models do not
 * say it: they list a ConflictException for each of these, too.
 */
const welcomeAgain = new Set([
  'associateRekognitionFaces',
  'createChimeSdkAppInstance',
  'createChimeSdkAppInstanceUser',
  'disassociateRekognitionFaces',
]);

/**
 * What comes of a create or a delete that is performed a second time, without a key. AWS welcomes again what its operation is
 * declared an `idempotentChange` for, such as a delete of what is gone.
 */
export function outcomeOfRepeat({ field, typeName, aws }: Mutation): string {
  const changing = aws.filter(({ effect }) => effect !== 'read');
  const isIdempotent = changing.length > 0 && changing.every(({ effect }) => effect === 'idempotentChange');
  if (isIdempotent || welcomeAgain.has(field)) return `${typeName}Success`;
  return field.startsWith('delete') ? errorOfMissing(aws) : 'ConflictError';
}

/** @throws when no provider declares it. */
export function mutationNamed(name: string): Mutation {
  const found = mutations.find(({ field }) => field === name);
  if (!found) throw new Error(`There is no mutation ${name}.`);
  return found;
}

/** Everything that one of these errors has. */
function errorFields(errors: readonly string[]): string {
  const own = (error: string, members: string) =>
    errors.includes(error) ? `... on ${error} { ${members} }` : '';
  return `
  ... on Error { message code providerCode requestId retryable }
  ${own('InvalidInputError', 'issues { path message }')}
  ${own('NotFoundError', 'resourceType resourceId')}
  ${own('ConflictError', 'reason')}`;
}

/**
 * A document that runs a mutation with `$input` and selects everything that an error has. A batch is told by what came of
 * its only item, if that was refused: test/support/gateway.ts.
 */
export function documentOf(
  { field, typeName, errors, itemTypes, hasOutcomes: isBatch }: Mutation,
  successFields = '__typename',
): string {
  const items = isBatch ? `items: outcomes { __typename ${errorFields(itemTypes)} }` : '';
  return `mutation ($input: ${typeName}Input!) {
    result: ${field}(input: $input) {
      __typename
      ... on ${typeName}Success { ${successFields} ${items} }
      ${errorFields(errors)}
    }
  }`;
}

/** Runs a mutation, which must answer without `errors`, and returns the member of its union. */
export async function runMutation(gateway: TestGateway, name: string, input: object, select = '__typename') {
  const { data, errors } = await gateway.query(documentOf(mutationNamed(name), select), { input });
  expect(errors).toBeUndefined();
  return data.result;
}

/** What is expected of a refusal; `providerCode` is null for one of the gateway itself. */
interface Refusal {
  readonly __typename: string;
  readonly providerCode?: string | null;
}

/** Declares a test for each input that a mutation refuses. AWS is asked once, or not at all when the gateway refuses. */
export function refuses(
  gateway: TestGateway,
  name: string,
  refusals: readonly (readonly [input: object, refusal: Refusal])[],
): void {
  test.each(refusals)(`${name} refuses %j`, async (input, refusal) => {
    expect(await runMutation(gateway, name, input)).toMatchObject(refusal);
    expect(gateway.calls()).toHaveLength(refusal.providerCode === null ? 0 : 1);
  });
}
