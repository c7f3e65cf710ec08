/**
 * What inputs the compiler takes for AWS's requests: `npm run types` fails when one of those that are refused is
 * accepted, or the other way round. Nothing runs.
 */
import type { CreateAppInstanceRequest } from '@aws-sdk/client-chime-sdk-identity';
import type { CreateUserRequest, GetUserIdRequest, UpdateUserRequest } from '@aws-sdk/client-identitystore';
import type {
  CreateCollectionRequest,
  CreateUserRequest as CreateRekognitionUserRequest,
  DetectLabelsRequest,
  IndexFacesRequest,
} from '@aws-sdk/client-rekognition';
import type { ApiInput } from '../../src/adapter/members.ts';

/** Takes what is an input for `Request`. */
function takes<Request>(...inputs: readonly ApiInput<Request>[]): unknown {
  return inputs;
}

export function required(): void {
  takes<CreateRekognitionUserRequest>({ collectionId: 'c', userId: 'u' });
  // @ts-expect-error The SDK's type says `string | undefined`, and means that it must be there.
  takes<CreateRekognitionUserRequest>({ collectionId: 'c', userId: undefined });
  // @ts-expect-error AWS requires userId.
  takes<CreateRekognitionUserRequest>({ collectionId: 'c' });
  // @ts-expect-error A required member is not null.
  takes<CreateRekognitionUserRequest>({ collectionId: 'c', userId: null });
  // @ts-expect-error AWS knows no such member.
  takes<CreateRekognitionUserRequest>({ collectionId: 'c', userId: 'u', colour: 'red' });
}

export function optional(): void {
  takes<CreateUserRequest>(
    { identityStoreId: 'd', userName: undefined },
    { identityStoreId: 'd', userName: null, name: { givenName: null } },
    { identityStoreId: 'd', emails: [{ value: 'v', primary: null }] },
  );
  // @ts-expect-error A list holds no null.
  takes<CreateUserRequest>({ identityStoreId: 'd', emails: [null] });
  // @ts-expect-error A photo needs its value.
  takes<CreateUserRequest>({ identityStoreId: 'd', photos: [{ type: 't' }] });
}

export function renamed(): void {
  takes<CreateRekognitionUserRequest>({ collectionId: 'c', userId: 'u', idempotencyKey: 'k' });
  // The SDK would make a token where there is none, and so says that it is optional.
  takes<CreateAppInstanceRequest>({ name: 'n' }, { name: 'n', idempotencyKey: null });
  // @ts-expect-error This API has its own name for it.
  takes<CreateRekognitionUserRequest>({ collectionId: 'c', userId: 'u', clientRequestToken: 'k' });
}

export function unions(): void {
  takes<GetUserIdRequest>(
    { identityStoreId: 'd', alternateIdentifier: { externalId: { issuer: 'i', id: 'e' } } },
    {
      identityStoreId: 'd',
      alternateIdentifier: { uniqueAttribute: { attributePath: 'p', attributeValue: { a: [null, 1] } } },
    },
  );
  // @ts-expect-error One of the members must be there.
  takes<GetUserIdRequest>({ identityStoreId: 'd', alternateIdentifier: {} });
  takes<GetUserIdRequest>({
    identityStoreId: 'd',
    // @ts-expect-error Only one of the members may be there.
    alternateIdentifier: {
      externalId: { issuer: 'i', id: 'e' },
      uniqueAttribute: { attributePath: 'p', attributeValue: 'v' },
    },
  });
  // @ts-expect-error This is for answers.
  takes<GetUserIdRequest>({ identityStoreId: 'd', alternateIdentifier: { $unknown: ['x', 1] } });
}

export function maps(): void {
  takes<CreateCollectionRequest>({ collectionId: 'c', tags: { Colour: 'red' } });
  // @ts-expect-error Tags are strings.
  takes<CreateCollectionRequest>({ collectionId: 'c', tags: { Colour: 1 } });
}

export function documents(anything: unknown): void {
  takes<CreateUserRequest>({
    identityStoreId: 'd',
    extensions: { 'aws:identitystore:enterprise': { Any: [1, { JSON: null }] }, other: anything },
  });
  takes<UpdateUserRequest>({
    identityStoreId: 'd',
    userId: 'u',
    operations: [
      { attributePath: 'title', attributeValue: null },
      { attributePath: 'emails', attributeValue: anything },
    ],
  });
  // @ts-expect-error The map itself is none.
  takes<CreateUserRequest>({ identityStoreId: 'd', extensions: 'text' });
}

export function bytes(): void {
  takes<IndexFacesRequest>({ collectionId: 'c', image: { bytes: new Uint8Array(1) } });
  // @ts-expect-error These are no bytes.
  takes<IndexFacesRequest>({ collectionId: 'c', image: { bytes: 'AAAA' } });
  // @ts-expect-error AWS knows only these qualities.
  takes<IndexFacesRequest>({ collectionId: 'c', image: {}, qualityFilter: 'BEST' });
  takes<DetectLabelsRequest>({ image: { s3Object: { bucket: 'b' } }, settings: null });
}

/** No request of the project's operations has a time. */
interface Period {
  readonly From: Date | undefined;
  readonly Until?: Date | undefined;
}

export function times(): void {
  takes<Period>({ from: new Date(), until: null });
  // @ts-expect-error This is no time.
  takes<Period>({ from: '2030-01-02' });
}
