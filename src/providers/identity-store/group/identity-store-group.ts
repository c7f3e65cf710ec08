import { IdentityStoreExternalIdInput } from '../external-id.ts';
import { storeLookUp, storeWays } from '../store-operations.ts';
import { groupKey } from './adapter.ts';
import { groupByKey, keyByAlternate } from './loaders.ts';
import { DescribeGroup, GetGroupId } from './operations.ts';
import { IdentityStoreGroup } from './type.ts';

const { byId, byExternalId, byAttribute } = storeWays(groupKey, groupByKey, keyByAlternate);

export const identityStoreGroup = storeLookUp('identityStoreGroup', {
  description: 'Finds a group of an identity store; null when the group or the store does not exist.',
  scope: 'identity-store:groups:read',
  aws: [GetGroupId, DescribeGroup],
  type: IdentityStoreGroup,
  what: 'group',
  by: t => ({
    groupId: t.string({ description: 'The id that AWS gave the group.' }),
    displayName: t.string({ description: 'The name of the group.' }),
    externalId: t.field({
      type: IdentityStoreExternalIdInput,
      description: 'The id in another identity provider.',
    }),
  }),
  ways: { groupId: byId, displayName: byAttribute('displayName'), externalId: byExternalId },
});
