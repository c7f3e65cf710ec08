/** IAM Identity Center's Identity Store: users of the workforce. */
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { clientOptions, connectService } from '../connection.ts';
import type { ConnectedProvider, Connection } from '../provider.ts';
import { IdentityStore } from './adapter.ts';
import { examples } from './examples.ts';
import { IdentityStoreSession } from './session.ts';
import './user/create-identity-store-user.ts';
import './user/delete-identity-store-user.ts';
import './user/identity-store-user.ts';
import './user/identity-store-users.ts';

export function connect(connection: Connection): ConnectedProvider {
  const { service, ...connected } = connectService(new IdentitystoreClient(clientOptions(connection)));
  const adapter = new IdentityStore(service, connection.identityStoreId);
  return { ...connected, examples, openSession: () => new IdentityStoreSession(adapter) };
}
