/** The calls behind the workloads, signed by hand. */
import { randomUUID } from 'node:crypto';
import type { Aws } from './contestants/aws-calls.ts';
import { COLLECTION_ID, IDENTITY_STORE_ID } from './environment.ts';
import {
  type Answer,
  identityStore,
  openSignedCalls,
  rekognition,
  type Service,
  unexpected,
} from './signed-calls.ts';

export interface SignedAws extends Aws {
  readonly close: () => Promise<void>;
}

/** Calls AWS at `endpoint`. */
export function openSignedAws(endpoint: string): SignedAws {
  const { call, close } = openSignedCalls(endpoint);

  async function output(service: Service, operation: string, request: object): Promise<Answer['output']> {
    const answer = await call(service, operation, request);
    if (answer.status === 200) return answer.output;
    throw unexpected(operation, answer);
  }

  return {
    async createRekognitionUser(userId) {
      await output(rekognition, 'CreateUser', newUser(userId));
    },
    async meetConflict(userId) {
      const answer = await call(rekognition, 'CreateUser', newUser(userId));
      if (answer.output['__type'] !== 'ConflictException') throw unexpected('CreateUser', answer);
    },
    async createIdentityStoreUser(request) {
      const { UserId } = await output(identityStore, 'CreateUser', request);
      return String(UserId);
    },
    async describeIdentityStoreUser(userId) {
      await output(identityStore, 'DescribeUser', {
        IdentityStoreId: IDENTITY_STORE_ID,
        UserId: userId,
        Extensions: ['aws:identitystore:enterprise'],
      });
    },
    async describeCollection() {
      await output(rekognition, 'DescribeCollection', { CollectionId: COLLECTION_ID });
    },
    async listRekognitionUsers(maxResults) {
      await output(rekognition, 'ListUsers', { CollectionId: COLLECTION_ID, MaxResults: maxResults });
    },
    close,
  };
}

/** The SDK adds a token of its own where the caller has none, and so does this. */
function newUser(userId: string): object {
  return { CollectionId: COLLECTION_ID, UserId: userId, ClientRequestToken: randomUUID() };
}
