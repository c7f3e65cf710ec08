/** Amazon Chime: users of Chime accounts. */
import { ChimeClient } from '@aws-sdk/client-chime';
import { clientOptions, connectService } from '../connection.ts';
import type { ConnectedProvider, Connection } from '../provider.ts';
import './account/chime-account.ts';
import { Chime } from './adapter.ts';
import { examples } from './examples.ts';
import { ChimeSession } from './session.ts';
import './user/chime-user.ts';
import './user/create-chime-user.ts';

export function connect(connection: Connection): ConnectedProvider {
  const { service, ...connected } = connectService(new ChimeClient(clientOptions(connection)));
  const adapter = new Chime(service);
  return { ...connected, examples, openSession: () => new ChimeSession(adapter) };
}
