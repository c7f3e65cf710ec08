import type { Examples } from '../../../schema/examples.ts';

/** Pictures in which local AWS sees two new faces, and that of the demo world's Grace. */
const newcomers =
  'iVBORw0KGgoAAAANSUhEUgAAAKAAAABQAQAAAAC2JkOZAAAAG0lEQVR42mPgxwIYRgVHBUcFRwVHBUcF6SsIALaNXcGLCm4aAAAAAElFTkSuQmCC';
const grace =
  'iVBORw0KGgoAAAANSUhEUgAAAFAAAABQAQAAAACmas8AAAAAFElEQVR42mMwhgOGUeYoc5RJWyYAAH6fYYhrqywAAAAASUVORK5CYII=';

const collectionId = 'employees';
const faceOfGrace = '0a1b2c3d-4e5f-4a6b-8c7d-0000000000b2';
const outcome = 'outcomes { __typename ... on Error { message } }';

export const examples: Examples = {
  rekognitionFace: {
    args: { collectionId, faceId: faceOfGrace },
    select: 'id faceId externalImageId confidence userId user { userStatus }',
  },
  searchRekognitionFaces: {
    note: "The picture is that of Grace in the demo world's collection.",
    args: { collectionId, by: { image: { bytes: grace } } },
    select: 'matches { similarity face { faceId userId } } searchedFace { confidence }',
  },
  searchRekognitionUsers: {
    note: "The picture is that of Grace in the demo world's collection.",
    args: { collectionId, by: { image: { bytes: grace } } },
    select:
      'matches { similarity user { userId userStatus } } searchedFace { confidence } unsearchedFaces { reasons }',
  },
  indexRekognitionFaces: {
    args: {
      input: { collectionId, image: { bytes: newcomers }, externalImageId: 'newcomers.png', maxFaces: 1 },
    },
    select:
      'faceRecords { face { id faceId externalImageId } faceDetail { confidence } } unindexedFaces { reasons }',
  },
  associateRekognitionFaces: {
    args: { input: { collectionId, userId: 'ada', faceIds: ['0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1'] } },
    select: `user { id userStatus } ${outcome}`,
  },
  disassociateRekognitionFaces: {
    args: { input: { collectionId, userId: 'grace', faceIds: [faceOfGrace] } },
    select: `user { id userStatus } ${outcome}`,
  },
  deleteRekognitionFaces: {
    note: 'The face is one to spare.',
    args: { input: { collectionId, faceIds: ['0a1b2c3d-4e5f-4a6b-8c7d-0000000000f6'] } },
    select: outcome,
  },
};
