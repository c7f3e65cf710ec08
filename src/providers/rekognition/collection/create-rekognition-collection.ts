import { mutation } from '../../../schema/operation/mutation.ts';
import { partOf } from '../../../schema/operation/node.ts';
import { collections } from './adapter.ts';
import { CreateCollection, DescribeCollection, ListTagsForResource } from './operations.ts';
import { RekognitionCollection } from './type.ts';

export const createRekognitionCollection = mutation('createRekognitionCollection', {
  description: "Creates an Amazon Rekognition face collection, with AWS's newest face model.",
  inputDescription: ['The collection to create', 'in Amazon Rekognition'],
  successDescription: 'Returned when the collection was created.',
  scope: 'rekognition:collections:create',
  aws: [CreateCollection, DescribeCollection, ListTagsForResource],
  input: t => ({
    collectionId: t.string({
      required: true,
      description:
        'The id of the new collection, unique in the account and region: 1 to 255 letters, digits and any of _ . - as in "front-desk".',
    }),
    tags: t.field({
      type: 'JSONObject',
      description: 'Tags for it, as an object of texts by their keys; at most 200.',
    }),
  }),
  run: async ({ tags, ...input }, context) => ({
    collection: partOf(await context.aws(collections).create({ ...input, tags: tags as never })),
  }),
  success: t => ({
    collection: t.expose('collection', {
      type: RekognitionCollection,
      nullable: false,
      description: 'The new collection.',
    }),
  }),
});
