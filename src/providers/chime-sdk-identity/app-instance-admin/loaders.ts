/** What one GraphQL request remembers of the admins of app instances. */
import { lookUpEach } from '../../../adapter/look-up.ts';
import { adminKey, admins, type ChimeSdkAppInstanceAdminKey } from './adapter.ts';

export const adminByKey = lookUpEach(
  admins,
  (aws, key: ChimeSdkAppInstanceAdminKey) => aws.describe(key),
  adminKey,
);
