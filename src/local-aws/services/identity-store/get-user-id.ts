import type { GetUserIdRequest, GetUserIdResponse } from '@aws-sdk/client-identitystore';
import { operation } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { invalid, requireStore, userNotFound } from './exceptions.ts';
import { externalIdKey, type IdentityStoreState, type StoredUser } from './state.ts';

export const GetUserId = operation(
  (
    { IdentityStoreId, AlternateIdentifier }: Checked<GetUserIdRequest>,
    { stores, users }: Pick<IdentityStoreState, 'stores' | 'users'>,
  ): AwsJson<GetUserIdResponse> => {
    requireStore({ stores }, IdentityStoreId);
    const user = findUser(users, IdentityStoreId, AlternateIdentifier);
    if (!user) throw userNotFound();
    return { IdentityStoreId, UserId: user.UserId };
  },
);

/** In lower case: clients in the wild spell these paths both `userName` and `UserName`. */
const uniqueAttributes = new Map([
  ['username', 'userName'],
  ['emails.value', 'email'],
] as const);

function findUser(
  users: IdentityStoreState['users'],
  storeId: string,
  { ExternalId, UniqueAttribute }: Checked<GetUserIdRequest>['AlternateIdentifier'],
): StoredUser | undefined {
  if (ExternalId) return users.find(storeId, 'externalId', externalIdKey(ExternalId));
  if (!UniqueAttribute) return undefined;
  const { AttributePath, AttributeValue } = UniqueAttribute;
  const index = uniqueAttributes.get(AttributePath.toLowerCase() as 'username');
  if (!index) throw invalid(`The attribute ${AttributePath} is not a unique attribute`);
  if (typeof AttributeValue !== 'string' || AttributeValue === '') {
    throw invalid(`The value of the attribute ${AttributePath} must be a string that is not empty`);
  }
  return users.find(storeId, index, AttributeValue.toLowerCase());
}
