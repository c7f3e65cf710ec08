import { IdentityStoreExternalIdInput } from '../external-id.ts';
import { storeLookUp, storeWays } from '../store-operations.ts';
import { userKey } from './adapter.ts';
import { keyByAlternate, userByKey } from './loaders.ts';
import { DescribeUser, GetUserId } from './operations.ts';
import { IdentityStoreUser } from './type.ts';

const { byId, byExternalId, byAttribute } = storeWays(userKey, userByKey, keyByAlternate);

export const identityStoreUser = storeLookUp('identityStoreUser', {
  description: 'Finds a user of an identity store; null when the user or the store does not exist.',
  scope: 'identity-store:users:read',
  aws: [GetUserId, DescribeUser],
  type: IdentityStoreUser,
  what: 'user',
  by: t => ({
    userId: t.string({ description: 'The id that AWS gave the user.' }),
    userName: t.string({ description: 'What the user signs in with.' }),
    email: t.string({ description: 'The e-mail address.' }),
    externalId: t.field({
      type: IdentityStoreExternalIdInput,
      description: 'The id in another identity provider.',
    }),
  }),
  ways: {
    userId: byId,
    userName: byAttribute('userName'),
    email: byAttribute('emails.value'),
    externalId: byExternalId,
  },
});
