/** Amazon Rekognition: users of face collections. */
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { clientOptions, connectService } from '../connection.ts';
import type { ConnectedProvider, Connection } from '../provider.ts';
import { RekognitionCollections } from './collection/adapter.ts';
import { examples } from './examples.ts';
import { RekognitionUsers } from './user/adapter.ts';
import './collection/rekognition-collection.ts';
import './user/create-rekognition-user.ts';
import './user/delete-rekognition-user.ts';
import './user/rekognition-user.ts';
import { RekognitionSession } from './session.ts';

export function connect(connection: Connection): ConnectedProvider {
  const { service, ...connected } = connectService(new RekognitionClient(clientOptions(connection)));
  const adapters = {
    collections: new RekognitionCollections(service),
    users: new RekognitionUsers(service),
  };
  return { ...connected, examples, openSession: () => new RekognitionSession(adapters) };
}
