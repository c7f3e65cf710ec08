/** Amazon Rekognition: face collections, their users and faces. */
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { awsProvider } from '../aws-provider.ts';
import * as collections from './collection/index.ts';
import * as faces from './face/index.ts';
import { rekognition } from './service.ts';
import * as users from './user/index.ts';

export const provider = awsProvider(rekognition, RekognitionClient, [collections, users, faces]);
