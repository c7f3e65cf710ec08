/** The mutations of the gateway, each with an input that succeeds on the demo world, and how to run them. */
import { expect } from 'vitest';
import type { TestGateway } from './gateway.ts';

export interface Mutation {
  readonly field: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Local AWS's name of the service, and AWS's of the operation. */
  readonly service: 'rekognition' | 'identitystore' | 'chime';
  readonly operation: string;
  readonly client: string;
  readonly typeName: string;
}

export const mutations: readonly Mutation[] = [
  {
    field: 'createRekognitionUser',
    typeName: 'CreateRekognitionUser',
    service: 'rekognition',
    operation: 'CreateUser',
    client: 'client-rekognition',
    input: { collectionId: 'employees', userId: 'margaret' },
  },
  {
    field: 'deleteRekognitionUser',
    typeName: 'DeleteRekognitionUser',
    service: 'rekognition',
    operation: 'DeleteUser',
    client: 'client-rekognition',
    input: { collectionId: 'employees', userId: 'alan' },
  },
  {
    field: 'createIdentityStoreUser',
    typeName: 'CreateIdentityStoreUser',
    service: 'identitystore',
    operation: 'CreateUser',
    client: 'client-identitystore',
    input: {
      userName: 'margaret',
      displayName: 'Margaret Hamilton',
      name: { givenName: 'Margaret', familyName: 'Hamilton' },
    },
  },
  {
    field: 'deleteIdentityStoreUser',
    typeName: 'DeleteIdentityStoreUser',
    service: 'identitystore',
    operation: 'DeleteUser',
    client: 'client-identitystore',
    input: { userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000c3' },
  },
  {
    field: 'createChimeUser',
    typeName: 'CreateChimeUser',
    service: 'chime',
    operation: 'CreateUser',
    client: 'client-chime',
    input: { accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567890', email: 'margaret@example.com' },
  },
];

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
