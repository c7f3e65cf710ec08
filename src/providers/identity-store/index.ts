/** IAM Identity Center's Identity Store: users of the workforce. */
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { clientOptions, connectService } from '../connection.ts';
import type { ConnectedProvider, Connection } from '../provider.ts';
import { AwsIdentityStore } from './adapter.ts';
import { examples } from './examples.ts';
import { exceptions } from './exceptions.ts';
import './schema/user.ts';
import { IdentityStoreSession } from './session.ts';

export function connect(connection: Connection): ConnectedProvider {
  const client = new IdentitystoreClient(clientOptions(connection));
  const { service, ...connected } = connectService(client, 'The Identity Store', exceptions);
  const adapter = new AwsIdentityStore(service, connection.identityStoreId);
  return { ...connected, examples, openSession: () => new IdentityStoreSession(adapter) };
}
