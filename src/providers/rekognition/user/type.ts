import { builder } from '../../../schema/builder.ts';
import { nodeType } from '../../../schema/operation/node.ts';
import { userKey } from './adapter.ts';
import { MOST_PAGES, userByKey } from './loaders.ts';
import { ListUsers } from './operations.ts';

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
  calls: MOST_PAGES,
  key: userKey,
  find: userByKey,
  fields: t => ({
    collectionId: t.exposeString('collectionId', {
      nullable: false,
      description: 'The collection that the user belongs to.',
    }),
    userId: t.exposeString('userId', {
      nullable: false,
      description: 'The id that you gave the user; unique within its collection.',
    }),
    userStatus: t.expose('userStatus', {
      type: RekognitionUserStatus,
      description: 'How far the user is; null when AWS does not tell.',
    }),
  }),
});
