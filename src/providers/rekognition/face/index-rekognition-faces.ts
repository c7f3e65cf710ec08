import { builder } from '../../../schema/builder.ts';
import { mutation } from '../../../schema/operation/mutation.ts';
import { type RekognitionFace as Face, faces, type IndexedFaces } from './adapter.ts';
import { type FaceDetail, RekognitionFaceDetail } from './detail.ts';
import { withImage } from './image.ts';
import { RekognitionFaceAttribute, RekognitionImageInput, RekognitionQualityFilter } from './image-input.ts';
import { IndexFaces } from './operations.ts';
import { RekognitionFaceReason } from './reasons.ts';
import { RekognitionFace } from './type.ts';

interface IndexedFace {
  readonly face: Face;
  readonly faceDetail?: FaceDetail | undefined;
}

type Unindexed = NonNullable<IndexedFaces['unindexedFaces']>[number];

/** What AWS told of faces that are not in the collection, or not kept with them, is nowhere. */
const notRemembered = 'Not told again when the request is repeated under its `idempotencyKey`.';

const RekognitionFaceRecord = builder.objectRef<IndexedFace>('RekognitionFaceRecord').implement({
  description: 'A face that was indexed.',
  fields: t => ({
    face: t.expose('face', {
      type: RekognitionFace,
      nullable: false,
      description: 'The face as the collection has it.',
    }),
    faceDetail: t.expose('faceDetail', {
      type: RekognitionFaceDetail,
      description: `What Rekognition saw of it. ${notRemembered}`,
    }),
  }),
});

const RekognitionUnindexedFace = builder.objectRef<Unindexed>('RekognitionUnindexedFace').implement({
  description: 'A face of the image that was not indexed.',
  fields: t => ({
    reasons: t.expose('reasons', {
      type: [RekognitionFaceReason],
      nullable: { list: true, items: false },
      description: 'Why it was left out.',
    }),
    faceDetail: t.expose('faceDetail', {
      type: RekognitionFaceDetail,
      description: 'What Rekognition saw of it.',
    }),
  }),
});

export const indexRekognitionFaces = mutation('indexRekognitionFaces', {
  description:
    'Adds the faces of an image to an Amazon Rekognition face collection. An image without faces adds none. The same image ' +
    'under the same `externalImageId` adds none anew, so that repeating it is safe when the answer was lost; without one, a ' +
    'repeat may add them once more. The gateway itself sends it again only when AWS did not take it, such as for its rate.',
  inputDescription: ['The image whose faces to add', 'to a face collection'],
  successDescription: 'Returned when the image was read, whether it has faces or not.',
  scope: 'rekognition:faces:index',
  aws: [IndexFaces],
  input: t => ({
    collectionId: t.string({ required: true, description: 'The collection to add the faces to.' }),
    image: t.field({ type: RekognitionImageInput, required: true, description: 'The image.' }),
    externalImageId: t.string({
      description:
        'An id of your own for the image, which its faces keep: 1 to 255 letters, digits and any of _ . - : in it.',
    }),
    maxFaces: t.int({
      description:
        'How many faces to add at most, at least 1; the largest are taken. As many as 100 without it.',
    }),
    qualityFilter: t.field({
      type: RekognitionQualityFilter,
      description: 'How good a face has to look; AUTO without it.',
    }),
    detectionAttributes: t.field({
      type: [RekognitionFaceAttribute],
      description: 'What to tell of each face in `faceDetail` beside what AWS always tells.',
    }),
  }),
  ownInput: ['image.upload'],
  run: ({ image, ...input }, context) =>
    withImage(image, context, given => context.aws(faces).index({ ...input, image: given })),
  success: t => ({
    faceRecords: t.field({
      type: [RekognitionFaceRecord],
      nullable: { list: false, items: false },
      description: 'The faces that were added, the largest first.',
      resolve: ({ records }) => records,
    }),
    unindexedFaces: t.field({
      type: [RekognitionUnindexedFace],
      nullable: { list: false, items: false },
      description: `The faces of the image that were left out. ${notRemembered}`,
      resolve: ({ unindexedFaces }) => unindexedFaces,
    }),
  }),
});
