import { found } from '../../../adapter/look-up.ts';
import { builder } from '../../../schema/builder.ts';
import { lookUpQuery } from '../../../schema/operation/look-up-query.ts';
import { RekognitionUser } from '../user/type.ts';
import { RekognitionFaceDetail } from './detail.ts';
import { withImage } from './image.ts';
import { RekognitionImageInput } from './image-input.ts';
import { SearchUsers, SearchUsersByImage } from './operations.ts';
import { RekognitionFaceReason } from './reasons.ts';
import { searches, type UnsearchedFace, type UserMatch, type UserSearch } from './searches.ts';

const RekognitionUserMatch = builder.objectRef<UserMatch>('RekognitionUserMatch').implement({
  description: 'A user that is like what was searched by.',
  fields: t => ({
    user: t.expose('user', { type: RekognitionUser, nullable: false, description: 'The user.' }),
    similarity: t.exposeFloat('similarity', { description: 'How alike they are, from 0 to 100.' }),
  }),
});

const RekognitionUnsearchedFace = builder.objectRef<UnsearchedFace>('RekognitionUnsearchedFace').implement({
  description: 'A face of the image that was not searched by.',
  fields: t => ({
    reasons: t.expose('reasons', {
      type: [RekognitionFaceReason],
      nullable: { list: true, items: false },
      description: 'Why it was left out.',
    }),
    faceDetail: t.expose('faceDetails', {
      type: RekognitionFaceDetail,
      description: 'What Rekognition saw of it.',
    }),
  }),
});

const RekognitionUserSearch = builder.objectRef<UserSearch>('RekognitionUserSearch').implement({
  description: 'What a search for users found.',
  fields: t => ({
    matches: t.expose('matches', {
      type: [RekognitionUserMatch],
      nullable: { list: false, items: false },
      description: 'The users that are like it, the most alike first.',
    }),
    searchedFace: t.expose('searchedFace', {
      type: RekognitionFaceDetail,
      description:
        'The largest face of the image that was searched by; null without an image, and when it has no face.',
    }),
    unsearchedFaces: t.field({
      type: [RekognitionUnsearchedFace],
      nullable: { list: false, items: false },
      description: 'The other faces of the image, each with the reasons; none without an image.',
      resolve: ({ unsearchedFaces = [] }) => unsearchedFaces,
    }),
  }),
});

export const searchRekognitionUsers = lookUpQuery('searchRekognitionUsers', {
  description:
    'Finds the users of a face collection that are like a user, a face, or the largest face of an image; null when the ' +
    'collection or the user does not exist.',
  scope: 'rekognition:users:read',
  aws: [SearchUsers, SearchUsersByImage],
  type: RekognitionUserSearch,
  what: 'user',
  args: t => ({
    collectionId: t.string({ required: true, description: 'The collection to search.' }),
    userMatchThreshold: t.float({
      description: 'How alike a user has to be at least, from 0 to 100; 80 without it.',
    }),
    maxUsers: t.int({ description: 'How many users to find at most, from 1 to 500.' }),
  }),
  by: t => ({
    userId: t.string({ description: 'A user of the collection, who is not found.' }),
    faceId: t.string({ description: 'A face of the collection, whose user is found, too.' }),
    image: t.field({ type: RekognitionImageInput, description: 'An image, whose largest face counts.' }),
  }),
  ways: {
    userId: {
      sentAs: ['userId'],
      find: (userId, args, context) => found(context.aws(searches).users({ ...args, userId })),
    },
    faceId: {
      sentAs: ['faceId'],
      find: (faceId, args, context) => found(context.aws(searches).users({ ...args, faceId })),
    },
    image: {
      sentAs: ['image'],
      find: (image, args, context) =>
        found(
          withImage(image, context, given => context.aws(searches).usersByImage({ ...args, image: given })),
        ),
    },
  },
});
