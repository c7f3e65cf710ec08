/** What one GraphQL request remembers of the memberships of identity stores. */
import { lookUpEach } from '../../../adapter/look-up.ts';
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
