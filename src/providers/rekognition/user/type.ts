import { builder } from '../../../schema/builder.ts';
import { nodeType } from '../../../schema/node.ts';
import { ListUsers } from '../operations.ts';
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

export const RekognitionUser = nodeType('RekognitionUser', {
  description:
    'A user of an Amazon Rekognition face collection: an id that several faces of one person share.',
  scope: 'rekognition:users:read',
  aws: [ListUsers],
  key: ['collectionId', 'userId'],
  find: (key, context) => context.session(rekognition).user(key),
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

export const idempotencyKeyDescription =
  'Makes it safe to repeat the request: within the time that AWS remembers it, a repeat with the same key and input ' +
  'does nothing more and succeeds. 1 to 64 letters, digits, "-" and "_". Sent to AWS as ClientRequestToken.';
