/** What one GraphQL request remembers of the users of identity stores. */
import { lookUpEach } from '../../../adapter/look-up.ts';
import type { InputOf } from '../../../adapter/request.ts';
import { type IdentityStoreUserKey, userKey, users } from './adapter.ts';
import type { GetUserId } from './operations.ts';

export const userByKey = lookUpEach(users, (aws, key: IdentityStoreUserKey) => aws.describe(key), userKey);

export const keyByIdentifier = lookUpEach(users, (aws, input: InputOf<typeof GetUserId>) =>
  aws.getKey(input),
);
