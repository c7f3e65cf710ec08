import { builder } from '../../../schema/builder.ts';
import { encodeGlobalId, joinKey, splitKey } from '../../../schema/global-id.ts';
import { loadNodes } from '../../../schema/node.ts';
import { resultUnion } from '../../../schema/result.ts';

import type { RekognitionUser as User, RekognitionUserKey } from '../adapter.ts';
import { rekognition } from '../session.ts';

const RekognitionUserStatus = builder.enumType('RekognitionUserStatus', {
  description: 'How far a Rekognition user is.',
  values: {
    ACTIVE: { description: 'All its faces take part in searches.' },
    UPDATING: { description: 'Faces are being added to it or taken from it; searches may use the old ones.' },
    CREATING: { description: 'It is being created.' },
    CREATED: { description: 'It exists and has no faces.' },
  },
});

export const RekognitionUser = builder
  .nodeRef('RekognitionUser', {
    id: { resolve: ({ collectionId, userId }: User) => joinKey(collectionId, userId), parse: splitKey },
    loadManyWithoutCache: (keys: [string, string][], context) =>
      loadNodes(
        keys.map(([collectionId, userId]) => context.session(rekognition).user({ collectionId, userId })),
      ),
  })
  .implement({
    description:
      'A user of an Amazon Rekognition face collection: an id that several faces of one person share.',
    fields: t => ({
      collectionId: t.exposeString('collectionId', {
        nullable: false,
        description: 'The collection that the user belongs to.',
      }),
      userId: t.exposeString('userId', {
        nullable: false,
        description: 'The id that you gave the user; unique within its collection.',
      }),
      userStatus: t.field({
        type: RekognitionUserStatus,
        description: 'How far the user is; null when AWS does not tell.',
        resolve: user => user.userStatus,
      }),
    }),
  });

builder.queryField('rekognitionUser', t =>
  t.field({
    type: RekognitionUser,
    description:
      'Finds a user of a face collection; null when the user or the collection does not exist. AWS has no call ' +
      'for this, so the gateway reads the list of users, up to 500 at a time, until it finds the user.',
    args: {
      collectionId: t.arg.string({ required: true, description: 'The collection to look in.' }),
      userId: t.arg.string({ required: true, description: 'The id of the user in that collection.' }),
    },
    resolve: (_root, key, context) => context.session(rekognition).user(key),
  }),
);

const idempotencyKeyDescription =
  'Makes it safe to repeat the request: within the time that AWS remembers it, a repeat with the same key and input ' +
  'does nothing more and succeeds. 1 to 64 letters, digits, "-" and "_". Sent to AWS as ClientRequestToken.';

const CreateRekognitionUserInput = builder.inputType('CreateRekognitionUserInput', {
  description: 'What to create in a face collection.',
  fields: t => ({
    collectionId: t.string({
      required: true,
      description: 'The collection to create the user in. It must exist.',
    }),
    userId: t.string({
      required: true,
      description:
        'The id of the new user, unique in the collection: 1 to 128 letters, digits and any of _ . - :',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const CreateRekognitionUserResult = resultUnion(
  'CreateRekognitionUserResult',
  builder.objectRef<{ user: User }>('CreateRekognitionUserSuccess').implement({
    description: 'Returned when the user was created.',
    fields: t => ({
      user: t.field({
        type: RekognitionUser,
        nullable: false,
        description: 'The new user, which has no faces yet.',
        resolve: ({ user }) => user,
      }),
    }),
  }),
  [
    'AccessDeniedError',
    'ConflictError',
    'IdempotencyMismatchError',
    'InvalidInputError',
    'NotFoundError',
    'ProviderFailureError',
    'QuotaExceededError',
    'ThrottledError',
  ],
);

builder.mutationField('createRekognitionUser', t =>
  t.field({
    type: CreateRekognitionUserResult.ref,
    description: 'Creates a user in an Amazon Rekognition face collection.',
    args: {
      input: t.arg({ type: CreateRekognitionUserInput, required: true, description: 'What to create.' }),
    },
    resolve: (_root, { input }, context) =>
      CreateRekognitionUserResult.settle(context, async () => ({
        user: await context.session(rekognition).aws.createUser(input),
      })),
  }),
);

const DeleteRekognitionUserInput = builder.inputType('DeleteRekognitionUserInput', {
  description: 'What to delete from a face collection.',
  fields: t => ({
    collectionId: t.string({ required: true, description: 'The collection that the user belongs to.' }),
    userId: t.string({ required: true, description: 'The id of the user in that collection.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const DeleteRekognitionUserResult = resultUnion(
  'DeleteRekognitionUserResult',
  builder.objectRef<RekognitionUserKey>('DeleteRekognitionUserSuccess').implement({
    description: 'Returned when the user was deleted.',
    fields: t => ({
      deletedUserId: t.id({
        nullable: false,
        description: 'The global id that the user had.',
        resolve: ({ collectionId, userId }) =>
          encodeGlobalId('RekognitionUser', joinKey(collectionId, userId)),
      }),
      collectionId: t.exposeString('collectionId', {
        nullable: false,
        description: 'The collection that the user belonged to.',
      }),
      userId: t.exposeString('userId', {
        nullable: false,
        description: 'The id that the user had in its collection.',
      }),
    }),
  }),
  [
    'AccessDeniedError',
    'ConflictError',
    'IdempotencyMismatchError',
    'InvalidInputError',
    'NotFoundError',
    'ProviderFailureError',
    'ThrottledError',
  ],
);

builder.mutationField('deleteRekognitionUser', t =>
  t.field({
    type: DeleteRekognitionUserResult.ref,
    description:
      'Deletes a user from an Amazon Rekognition face collection. Its faces stay in the collection, tied to nobody.',
    args: {
      input: t.arg({ type: DeleteRekognitionUserInput, required: true, description: 'What to delete.' }),
    },
    resolve: (_root, { input }, context) =>
      DeleteRekognitionUserResult.settle(context, async () => {
        await context.session(rekognition).aws.deleteUser(input);
        return input;
      }),
  }),
);
