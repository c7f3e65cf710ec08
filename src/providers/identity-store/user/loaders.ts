/** What one GraphQL request remembers of the users of identity stores. */
import { lookUpEach } from '../../../adapter/look-up.ts';
import type { AlternateInput } from '../store-adapter.ts';
import { type IdentityStoreUserKey, userKey, users } from './adapter.ts';

export const userByKey = lookUpEach(users, (aws, key: IdentityStoreUserKey) => aws.describe(key), userKey);
export const keyByAlternate = lookUpEach(users, (aws, input: AlternateInput) => aws.getKey(input));
