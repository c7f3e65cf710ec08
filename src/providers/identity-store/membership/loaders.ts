/** What one GraphQL request remembers of the memberships of identity stores. */
import { lookUpEach, readEach } from '../../../adapter/look-up.ts';
import type { PageRequest } from '../../../schema/connection.ts';
import type { IdentityStoreGroupKey } from '../group/adapter.ts';
import type { IdentityStoreUserKey } from '../user/adapter.ts';
import {
  type IdentityStoreGroupMembershipKey,
  membershipKey,
  memberships,
  type UserInGroup,
} from './adapter.ts';

export const membershipByKey = lookUpEach(
  memberships,
  (aws, key: IdentityStoreGroupMembershipKey) => aws.describe(key),
  membershipKey,
);
export const keyByUserInGroup = lookUpEach(memberships, (aws, input: UserInGroup) => aws.getKey(input));

/** Pages of lists: a request that asks for those of many groups or users has only a few under way at a time. */
export const pageOfGroup = readEach(memberships, (aws, page: IdentityStoreGroupKey & PageRequest) =>
  aws.listOfGroup(page),
);
export const pageOfUser = readEach(memberships, (aws, page: IdentityStoreUserKey & PageRequest) =>
  aws.listOfUser(page),
);
