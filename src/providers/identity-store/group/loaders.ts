/** What one GraphQL request remembers of the groups of identity stores. */
import { lookUpEach } from '../../../adapter/look-up.ts';
import type { AlternateInput } from '../store-adapter.ts';
import { groupKey, groups, type IdentityStoreGroupKey } from './adapter.ts';

export const groupByKey = lookUpEach(
  groups,
  (aws, key: IdentityStoreGroupKey) => aws.describe(key),
  groupKey,
);
export const keyByAlternate = lookUpEach(groups, (aws, input: AlternateInput) => aws.getKey(input));
