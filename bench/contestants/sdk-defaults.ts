/** The AWS SDK at its defaults, in a plain loop: what every ratio is relative to. */
import {
  CreateUserCommand as CreateIdentityStoreUserCommand,
  type CreateUserCommandInput,
  DescribeUserCommand,
  IdentitystoreClient,
} from '@aws-sdk/client-identitystore';
import {
  ConflictException,
  CreateUserCommand,
  DescribeCollectionCommand,
  ListUsersCommand,
  RekognitionClient,
} from '@aws-sdk/client-rekognition';
import { COLLECTION_ID, IDENTITY_STORE_ID } from '../environment.ts';
import type { Aws } from './aws-calls.ts';
import { serveLoop } from './loop-process.ts';

const rekognition = new RekognitionClient({});
const identityStore = new IdentitystoreClient({});

const sdk: Aws = {
  async createRekognitionUser(userId) {
    await rekognition.send(new CreateUserCommand({ CollectionId: COLLECTION_ID, UserId: userId }));
  },

  async meetConflict(userId) {
    try {
      await sdk.createRekognitionUser(userId);
    } catch (error) {
      if (error instanceof ConflictException) return;
      throw error;
    }
    throw new Error('AWS accepted a user that exists.');
  },

  async createIdentityStoreUser(request) {
    const command = new CreateIdentityStoreUserCommand(request as CreateUserCommandInput);
    const { UserId = '' } = await identityStore.send(command);
    return UserId;
  },

  async describeIdentityStoreUser(userId) {
    await identityStore.send(
      new DescribeUserCommand({
        IdentityStoreId: IDENTITY_STORE_ID,
        UserId: userId,
        Extensions: ['aws:identitystore:enterprise'],
      }),
    );
  },

  async describeCollection() {
    await rekognition.send(new DescribeCollectionCommand({ CollectionId: COLLECTION_ID }));
  },

  async listRekognitionUsers(maxResults) {
    await rekognition.send(new ListUsersCommand({ CollectionId: COLLECTION_ID, MaxResults: maxResults }));
  },
};

serveLoop(sdk);
