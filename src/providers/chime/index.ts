/** Amazon Chime: users of Chime accounts. */
import { ChimeClient } from '@aws-sdk/client-chime';
import { clientOptions, connectService } from '../connection.ts';
import type { ConnectedProvider, Connection } from '../provider.ts';
import { AwsChime } from './adapter.ts';
import { examples } from './examples.ts';
import { exceptions } from './exceptions.ts';
import './schema/account.ts';
import './schema/user.ts';
import { ChimeSession } from './session.ts';

export function connect(connection: Connection): ConnectedProvider {
  const client = new ChimeClient(clientOptions(connection));
  const { service, ...connected } = connectService(client, 'Amazon Chime', exceptions);
  const adapter = new AwsChime(service);
  return { ...connected, examples, openSession: () => new ChimeSession(adapter) };
}
