/** The mutations of the gateway, each with an input that succeeds on the demo world, and how to run them. */
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
  /** The operations of AWS that it may call. */
  readonly aws: readonly AwsOperation[];
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

/** Every mutation that the providers declare; one without an example fails here. */
export const mutations: readonly Mutation[] = operations()
  .filter(({ kind }) => kind === 'mutation')
  .map(({ name, provider, aws, errors }) => {
    const example = examples[name];
    if (!example)
      throw new Error(`${name} has no example in src/providers/${provider}/<entity>/examples.ts.`);
    return {
      field: name,
      typeName: name.charAt(0).toUpperCase() + name.slice(1),
      input: example.args['input'] as Mutation['input'],
      select: example.select,
      errors,
      aws,
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

/** @throws when no provider declares it. */
export function mutationNamed(name: string): Mutation {
  const found = mutations.find(({ field }) => field === name);
  if (!found) throw new Error(`There is no mutation ${name}.`);
  return found;
}

/** A document that runs a mutation with `$input` and selects everything that an error has. */
export function documentOf({ field, typeName, errors }: Mutation, successFields = '__typename'): string {
  const own = Object.entries(ownFields).filter(([error]) => errors.includes(error));
  return `mutation ($input: ${typeName}Input!) {
    result: ${field}(input: $input) {
      __typename
      ... on ${typeName}Success { ${successFields} }
      ... on Error { message code providerCode requestId retryable }
      ${own.map(([error, fields]) => `... on ${error} { ${fields} }`).join('\n      ')}
    }
  }`;
}

/** What some errors have beside what all have. */
const ownFields = {
  InvalidInputError: 'issues { path message }',
  NotFoundError: 'resourceType resourceId',
  ConflictError: 'reason',
};

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
