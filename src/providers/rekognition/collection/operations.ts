import {
  CreateCollectionCommand,
  DeleteCollectionCommand,
  DescribeCollectionCommand,
  ListCollectionsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-rekognition';
import { rekognition } from '../service.ts';

export const CreateCollection = rekognition.operation(CreateCollectionCommand, 'change');
export const DeleteCollection = rekognition.operation(DeleteCollectionCommand, 'change');
export const DescribeCollection = rekognition.operation(DescribeCollectionCommand, 'read');
export const ListCollections = rekognition.operation(ListCollectionsCommand, 'read');
export const ListTagsForResource = rekognition.operation(ListTagsForResourceCommand, 'read');
export const TagResource = rekognition.operation(TagResourceCommand, 'idempotentChange');
export const UntagResource = rekognition.operation(UntagResourceCommand, 'idempotentChange');
