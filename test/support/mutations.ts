/** The mutations of the gateway, each with an input that succeeds on the demo world, and how to run them. */
import { expect } from 'vitest';
import type { AwsOperation } from '../../src/adapter/operation.ts';
import type { ServiceId } from '../../src/local-aws/services/service.ts';
import { providers } from '../../src/providers/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import type { TestGateway } from './gateway.ts';

export interface Mutation {
  readonly field: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Local AWS's name of the service, and AWS's of the operation. */
  readonly service: ServiceId;
  readonly operation: string;
  readonly client: string;
  readonly typeName: string;
  readonly aws: readonly AwsOperation[];
}

const loaded = await Promise.all(providers.map(({ load }) => load()));

/** The example that an entity brings along for an operation. */
export const examples = Object.assign(
  {},
  ...loaded.map(({ provider }) => provider.examples),
) as (typeof loaded)[0]['provider']['examples'];

/** Every mutation that the providers declare; one without an example fails here. */
export const mutations: readonly Mutation[] = operations()
  .filter(({ kind }) => kind === 'mutation')
  .map(({ name, provider, aws }) => {
    const input = examples[name]?.args['input'];
    const [operation] = aws;
    if (!input || !operation) {
      throw new Error(`${name} has no example in src/providers/${provider}/<entity>/examples.ts.`);
    }
    const service = operation.service.model.service as ServiceId;
    return {
      field: name,
      typeName: name.charAt(0).toUpperCase() + name.slice(1),
      input: input as Readonly<Record<string, unknown>>,
      service,
      operation: operation.name,
      client: `client-${service}`,
      aws,
    };
  });

/** A document that runs a mutation with `$input` and selects everything that an error has. */
export function documentOf({ field, typeName }: Mutation, successFields = '__typename'): string {
  return `mutation ($input: ${typeName}Input!) {
    result: ${field}(input: $input) {
      __typename
      ... on ${typeName}Success { ${successFields} }
      ... on Error { message code providerCode requestId retryable }
      ... on InvalidInputError { issues { path message } }
      ... on NotFoundError { resourceType resourceId }
      ... on ConflictError { reason }
    }
  }`;
}

/** Runs a mutation, which must answer without `errors`, and returns the member of its union. */
export async function runMutation(
  gateway: TestGateway,
  mutation: Mutation,
  { input, select }: { readonly input: object; readonly select: string },
) {
  const { data, errors } = await gateway.query(documentOf(mutation, select), { input });
  expect(errors).toBeUndefined();
  return data.result;
}
