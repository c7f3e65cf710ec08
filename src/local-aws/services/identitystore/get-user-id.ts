import type { GetUserIdRequest, GetUserIdResponse } from '@aws-sdk/client-identitystore';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { invalid, requireStore, userNotFound } from './exceptions.ts';
import type { IdentityStoreState, StoredUser } from './state.ts';

export const GetUserId = implement(
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
  ['username', 'lowerUserName'],
  ['emails.value', 'lowerEmail'],
] as const);

function findUser(
  users: IdentityStoreState['users'],
  IdentityStoreId: string,
  { UniqueAttribute }: Checked<GetUserIdRequest>['AlternateIdentifier'],
): StoredUser | undefined {
  // No user has an external id: those come from provisioning, which there is none of.
  if (!UniqueAttribute) return undefined;
  const { AttributePath, AttributeValue } = UniqueAttribute;
  const column = uniqueAttributes.get(AttributePath.toLowerCase() as 'username');
  if (!column) throw invalid(`The attribute ${AttributePath} is not a unique attribute`);
  if (AttributeValue === '' || AttributeValue === null) {
    throw invalid('attribute value cannot be empty or null for attribute path');
  }
  if (typeof AttributeValue !== 'string') {
    throw invalid(`The value of the attribute ${AttributePath} must be a string`);
  }
  return users.find({ IdentityStoreId, [column]: AttributeValue.toLowerCase() });
}
