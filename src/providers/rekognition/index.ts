/** Amazon Rekognition: users of face collections. */
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { clientOptions, connectService } from '../connection.ts';
import type { ConnectedProvider, Connection } from '../provider.ts';
import { AwsRekognition } from './adapter.ts';
import { examples } from './examples.ts';
import { exceptions } from './exceptions.ts';
import './schema/collection.ts';
import './schema/user.ts';
import { RekognitionSession } from './session.ts';

export function connect(connection: Connection): ConnectedProvider {
  const client = new RekognitionClient(clientOptions(connection));
  const { service, ...connected } = connectService(client, 'Amazon Rekognition', exceptions);
  const adapter = new AwsRekognition(service);
  return { ...connected, examples, openSession: () => new RekognitionSession(adapter) };
}
