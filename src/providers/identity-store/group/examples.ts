import type { Examples } from '../../../schema/examples.ts';

const ANALYSTS = '9067012345-1b2c3d4e-5f60-4b7c-8d9e-0000000000a1';

export const examples: Examples = {
  identityStoreGroup: {
    args: { by: { displayName: 'Analysts' } },
    select: 'id groupId displayName description',
  },
  identityStoreGroups: {
    args: { first: 10 },
    select: 'edges { node { groupId displayName } } pageInfo { hasNextPage endCursor }',
  },
  createIdentityStoreGroup: {
    args: { input: { displayName: 'Mathematicians', description: 'Those who prove it' } },
    select: 'group { id groupId displayName description }',
  },
  updateIdentityStoreGroup: {
    args: { input: { groupId: ANALYSTS, description: 'Those who look into it' } },
    select: 'group { groupId displayName description updatedAt }',
  },
  deleteIdentityStoreGroup: {
    note: "Analysts is one of the demo world's groups.",
    args: { input: { groupId: ANALYSTS } },
    select: 'deletedGroupId groupId',
  },
};
