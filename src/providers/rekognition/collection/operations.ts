import { DescribeCollectionCommand } from '@aws-sdk/client-rekognition';
import { rekognition } from '../service.ts';

export const DescribeCollection = rekognition.operation(DescribeCollectionCommand, 'read');
