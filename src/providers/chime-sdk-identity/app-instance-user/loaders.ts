/** What one GraphQL request remembers of the users of app instances. */
import { lookUpEach } from '../../../adapter/look-up.ts';
import { type ChimeSdkAppInstanceUserKey, userKey, users } from './adapter.ts';

export const userByKey = lookUpEach(
  users,
  (aws, key: ChimeSdkAppInstanceUserKey) => aws.describe(key),
  userKey,
);
