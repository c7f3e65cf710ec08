/** The mutations of the gateway, each with an input that succeeds on the demo world, and how to run them. */
import { expect } from 'vitest';
import type { ServiceId } from '../../src/local-aws/services/service.ts';
import { providers } from '../../src/providers/index.ts';
import { operations } from '../../src/schema/operation.ts';
import type { TestGateway } from './gateway.ts';

export interface Mutation {
  readonly field: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Local AWS's name of the service, and AWS's of the operation. */
  readonly service: ServiceId;
  readonly operation: string;
  readonly client: string;
  readonly typeName: string;
}

/** An input for each mutation that succeeds on the demo world. */
const inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  createRekognitionUser: { collectionId: 'employees', userId: 'margaret' },
  deleteRekognitionUser: { collectionId: 'employees', userId: 'alan' },
  createIdentityStoreUser: {
    userName: 'margaret',
    displayName: 'Margaret Hamilton',
    name: { givenName: 'Margaret', familyName: 'Hamilton' },
  },
  deleteIdentityStoreUser: { userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000c3' },
  createChimeUser: { accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567890', email: 'margaret@example.com' },
};

await Promise.all(providers.map(provider => provider.load()));

/** Every mutation that the providers declare; one without an input above fails here. */
export const mutations: readonly Mutation[] = [...operations.values()]
  .filter(({ kind }) => kind === 'mutation')
  .map(({ name, aws: [operation] }) => {
    const input = inputs[name];
    if (!input || !operation) throw new Error(`test/support/mutations.ts has no input for ${name}.`);
    const service = operation.service.model.service as ServiceId;
    return {
      field: name,
      typeName: name.charAt(0).toUpperCase() + name.slice(1),
      input,
      service,
      operation: operation.name,
      client: `client-${service}`,
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
