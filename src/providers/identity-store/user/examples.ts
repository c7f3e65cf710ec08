import type { Examples } from '../../../schema/examples.ts';

export const examples: Examples = {
  identityStoreUser: {
    args: { by: { userName: 'ada' } },
    select: 'id displayName emails { value type primary }',
    tab: true,
  },
  identityStoreUsers: {
    args: { first: 10 },
    select: 'edges { node { userId userName displayName } } pageInfo { hasNextPage endCursor }',
    tab: true,
  },
  createIdentityStoreUser: {
    args: {
      input: {
        userName: 'katherine',
        displayName: 'Katherine Johnson',
        name: { givenName: 'Katherine', familyName: 'Johnson' },
        emails: [{ value: 'katherine@example.com', type: 'work', primary: true }],
        title: 'Mathematician',
        timezone: 'America/New_York',
      },
    },
    select: 'user { id userId userName displayName title emails { value primary } }',
    tab: true,
  },
  deleteIdentityStoreUser: {
    note: "Alan is one of the demo world's users.",
    args: { input: { userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000c3' } },
    select: 'deletedUserId userId',
    tab: true,
  },
};
