import { DescribeCollectionCommand, ListCollectionsCommand } from '@aws-sdk/client-rekognition';
import { rekognition } from '../service.ts';

export const DescribeCollection = rekognition.operation(DescribeCollectionCommand, 'read');
export const ListCollections = rekognition.operation(ListCollectionsCommand, 'read');
