/**
 * The resolvers of the other GraphQL servers: what a team writes that follows the documentation of its
 * server and of the AWS SDK. The schema is Vestibule's own, and so are the global ids; the cursors are plainer.
 */
import { readFileSync } from 'node:fs';
import {
  CreateUserCommand as CreateIdentityStoreUserCommand,
  type CreateUserCommandInput,
  DescribeUserCommand,
  IdentitystoreClient,
} from '@aws-sdk/client-identitystore';
import {
  CreateUserCommand,
  DescribeCollectionCommand,
  ListUsersCommand,
  RekognitionClient,
} from '@aws-sdk/client-rekognition';
import { IDENTITY_STORE_ID } from '../../environment.ts';
import { globalId } from '../../workloads.ts';
import { pascalCase } from '../aws-calls.ts';

export const typeDefs = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8');

const rekognition = new RekognitionClient({});
const identityStore = new IdentitystoreClient({});

const errorTypes: Readonly<Record<string, { __typename: string; code: string }>> = {
  AccessDeniedException: { __typename: 'AccessDeniedError', code: 'ACCESS_DENIED' },
  ConflictException: { __typename: 'ConflictError', code: 'CONFLICT' },
  InvalidParameterException: { __typename: 'InvalidInputError', code: 'INVALID_INPUT' },
  ResourceNotFoundException: { __typename: 'NotFoundError', code: 'NOT_FOUND' },
  ServiceQuotaExceededException: { __typename: 'QuotaExceededError', code: 'QUOTA_EXCEEDED' },
  ThrottlingException: { __typename: 'ThrottledError', code: 'THROTTLED' },
  ValidationException: { __typename: 'InvalidInputError', code: 'INVALID_INPUT' },
};

/** A refusal of AWS as a member of the union; anything else stays thrown. */
function typedError(error: unknown) {
  const { name, message, $metadata } = error as Error & { $metadata?: { requestId?: string } };
  const type = errorTypes[name];
  if (!type) throw error;
  return { ...type, message, providerCode: name, requestId: $metadata?.requestId, retryable: false };
}

interface RekognitionUserInput {
  readonly collectionId: string;
  readonly userId: string;
}

function rekognitionUser(collectionId: string, userId: string, userStatus: string | undefined) {
  return {
    __typename: 'RekognitionUser',
    id: globalId('RekognitionUser', collectionId, userId),
    collectionId,
    userId,
    userStatus,
  };
}

async function createRekognitionUser(_root: unknown, { input }: { input: RekognitionUserInput }) {
  const { collectionId, userId } = input;
  try {
    await rekognition.send(new CreateUserCommand({ CollectionId: collectionId, UserId: userId }));
    const user = rekognitionUser(collectionId, userId, 'CREATED');
    return { __typename: 'CreateRekognitionUserSuccess', user };
  } catch (error) {
    return typedError(error);
  }
}

interface IdentityStoreUserInput {
  readonly identityStoreId?: string;
}

async function createIdentityStoreUser(_root: unknown, { input }: { input: IdentityStoreUserInput }) {
  const request = pascalCase({ identityStoreId: IDENTITY_STORE_ID, ...input }) as CreateUserCommandInput;
  try {
    const { IdentityStoreId = '', UserId = '' } = await identityStore.send(
      new CreateIdentityStoreUserCommand(request),
    );
    const id = globalId('IdentityStoreUser', IdentityStoreId, UserId);
    return { __typename: 'CreateIdentityStoreUserSuccess', user: { ...input, id, userId: UserId } };
  } catch (error) {
    return typedError(error);
  }
}

function nodes(_root: unknown, { ids }: { ids: readonly string[] }) {
  return Promise.all(ids.map(identityStoreUser));
}

async function identityStoreUser(id: string) {
  const [, key = ''] = Buffer.from(id, 'base64url').toString().split(':');
  const [IdentityStoreId, UserId] = key.split('/').map(decodeURIComponent);
  const Extensions = ['aws:identitystore:enterprise'];
  const user = await identityStore.send(new DescribeUserCommand({ IdentityStoreId, UserId, Extensions }));
  return {
    __typename: 'IdentityStoreUser',
    id,
    userId: user.UserId,
    userName: user.UserName,
    displayName: user.DisplayName,
    name: { givenName: user.Name?.GivenName, familyName: user.Name?.FamilyName },
    emails: user.Emails?.map(({ Value, Type, Primary }) => ({ value: Value, type: Type, primary: Primary })),
  };
}

async function rekognitionCollection(_root: unknown, { collectionId }: { collectionId: string }) {
  await rekognition.send(new DescribeCollectionCommand({ CollectionId: collectionId }));
  return { collectionId };
}

async function users({ collectionId }: { collectionId: string }, { first }: { first: number }) {
  const { Users = [], NextToken } = await rekognition.send(
    new ListUsersCommand({ CollectionId: collectionId, MaxResults: first }),
  );
  const edges = Users.map(({ UserId = '', UserStatus }, index) => ({
    cursor: Buffer.from(JSON.stringify([index + 1, first])).toString('base64url'),
    node: rekognitionUser(collectionId, UserId, UserStatus),
  }));
  return {
    edges,
    pageInfo: { hasNextPage: NextToken !== undefined, endCursor: edges.at(-1)?.cursor },
  };
}

export const resolvers = {
  Query: { nodes, rekognitionCollection },
  Mutation: { createRekognitionUser, createIdentityStoreUser },
  RekognitionCollection: { users },
};
