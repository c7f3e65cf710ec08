import { nodeType } from '../../../schema/operation/node.ts';
import { faceKey } from './adapter.ts';
import { RekognitionBoundingBox } from './geometry.ts';
import { faceByKey } from './loaders.ts';
import { ListFaces } from './operations.ts';

export const RekognitionFace = nodeType('RekognitionFace', {
  description: 'A face of an Amazon Rekognition face collection, indexed from an image. AWS keeps no image.',
  scope: 'rekognition:faces:read',
  aws: [ListFaces],
  key: faceKey,
  find: faceByKey,
  fields: t => ({
    collectionId: t.exposeString('collectionId', {
      nullable: false,
      description: 'The collection that it belongs to.',
    }),
    faceId: t.exposeString('faceId', { nullable: false, description: 'The id that AWS gave it.' }),
    imageId: t.exposeString('imageId', { description: 'The id that AWS gave to the image it was in.' }),
    externalImageId: t.exposeString('externalImageId', {
      description: 'The id that you gave to the image; null if you gave none.',
    }),
    boundingBox: t.expose('boundingBox', {
      type: RekognitionBoundingBox,
      description: 'Where it was in the image.',
    }),
    confidence: t.exposeFloat('confidence', {
      description: 'How sure Rekognition is that it is a face, from 0 to 100.',
    }),
    indexFacesModelVersion: t.exposeString('indexFacesModelVersion', {
      description: 'The version of the face model that it was indexed with.',
    }),
    userId: t.exposeString('userId', { description: 'The user that it is associated with, if any.' }),
  }),
});
