/** What one GraphQL request remembers of app instances. */
import { lookUpEach } from '../../../adapter/look-up.ts';
import { appInstanceKey, appInstances, type ChimeSdkAppInstanceKey } from './adapter.ts';

export const appInstanceByKey = lookUpEach(
  appInstances,
  (aws, key: ChimeSdkAppInstanceKey) => aws.describe(key),
  appInstanceKey,
);
