/** The groups of identity stores at AWS. */
import type { Group } from '@aws-sdk/client-identitystore';
import type { ApiOutput } from '../../../adapter/members.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import { identityStore } from '../service.ts';
import { storeAdapter } from '../store-adapter.ts';
import * as operations from './operations.ts';

export const groupKey = new NativeKey('identityStoreId', 'groupId');

export type IdentityStoreGroupKey = KeyOf<typeof groupKey>;

/** A group as AWS describes it. */
export type IdentityStoreGroup = ApiOutput<Group>;

export const groups = identityStore.entity(
  storeAdapter({
    key: groupKey,
    resourceType: 'GROUP',
    create: operations.CreateGroup,
    update: operations.UpdateGroup,
    delete: operations.DeleteGroup,
    describe: operations.DescribeGroup,
    list: operations.ListGroups,
    listed: 'groups',
    getId: operations.GetGroupId,
    unique: { displayName: 'GroupDisplayName' },
    taken: 'displayName',
    rules: { required: [['displayName']], name: 'displayName' },
  }),
);
