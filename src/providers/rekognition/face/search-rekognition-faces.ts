import { found } from '../../../adapter/look-up.ts';
import { builder } from '../../../schema/builder.ts';
import { lookUpQuery } from '../../../schema/operation/look-up-query.ts';
import { RekognitionFaceDetail } from './detail.ts';
import { withImage } from './image.ts';
import { RekognitionImageInput } from './image-input.ts';
import { SearchFaces, SearchFacesByImage } from './operations.ts';
import { type FaceMatch, type FaceSearch, searches } from './searches.ts';
import { RekognitionFace } from './type.ts';

const RekognitionFaceMatch = builder.objectRef<FaceMatch>('RekognitionFaceMatch').implement({
  description: 'A face that is like what was searched by.',
  fields: t => ({
    face: t.expose('face', { type: RekognitionFace, nullable: false, description: 'The face.' }),
    similarity: t.exposeFloat('similarity', { description: 'How alike they are, from 0 to 100.' }),
  }),
});

const RekognitionFaceSearch = builder.objectRef<FaceSearch>('RekognitionFaceSearch').implement({
  description: 'What a search for faces found.',
  fields: t => ({
    matches: t.expose('matches', {
      type: [RekognitionFaceMatch],
      nullable: { list: false, items: false },
      description: 'The faces that are like it, the most alike first.',
    }),
    searchedFace: t.expose('searchedFace', {
      type: RekognitionFaceDetail,
      description:
        'Where the largest face of the image is that was searched by, and how sure that is; null without an image.',
    }),
  }),
});

export const searchRekognitionFaces = lookUpQuery('searchRekognitionFaces', {
  description:
    'Finds the faces of a face collection that are like another of its faces, or like the largest face of an image; null when the ' +
    'collection does not exist. AWS refuses a face that the collection does not have, and an image without faces.',
  scope: 'rekognition:faces:read',
  aws: [SearchFaces, SearchFacesByImage],
  type: RekognitionFaceSearch,
  what: 'face',
  args: t => ({
    collectionId: t.string({ required: true, description: 'The collection to search.' }),
    faceMatchThreshold: t.float({
      description: 'How alike a face has to be at least, from 0 to 100; 80 without it.',
    }),
    maxFaces: t.int({ description: 'How many faces to find at most, from 1 to 4096.' }),
  }),
  by: t => ({
    faceId: t.string({ description: 'A face of the collection, which is not found itself.' }),
    image: t.field({ type: RekognitionImageInput, description: 'An image, whose largest face counts.' }),
  }),
  ways: {
    faceId: {
      sentAs: ['faceId'],
      find: (faceId, args, context) => found(context.aws(searches).faces({ ...args, faceId })),
    },
    image: {
      sentAs: ['image'],
      find: (image, args, context) =>
        found(
          withImage(image, context, given => context.aws(searches).facesByImage({ ...args, image: given })),
        ),
    },
  },
});
