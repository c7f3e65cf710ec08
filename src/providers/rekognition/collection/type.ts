import { builder } from '../../../schema/builder.ts';
import type { RekognitionCollection as Collection } from './adapter.ts';

export const RekognitionCollection = builder.objectRef<Collection>('RekognitionCollection').implement({
  description: 'An Amazon Rekognition face collection.',
  fields: t => ({
    collectionId: t.exposeString('collectionId', {
      nullable: false,
      description: 'The id that you gave it.',
    }),
    collectionArn: t.exposeString('collectionArn', {
      description: 'Its Amazon Resource Name, for IAM policies.',
    }),
    faceModelVersion: t.exposeString('faceModelVersion', {
      description: 'The version of the face model that its faces were indexed with.',
    }),
    faceCount: t.exposeFloat('faceCount', { description: 'How many faces it holds.' }),
    userCount: t.exposeFloat('userCount', { description: 'How many users it holds.' }),
    creationTimestamp: t.expose('creationTimestamp', {
      type: 'DateTime',
      description: 'When it was created.',
    }),
  }),
});
