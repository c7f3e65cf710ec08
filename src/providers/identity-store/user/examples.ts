import type { Examples } from '../../../schema/examples.ts';
import { IdentityStoreUser } from './type.ts';

const JOB = 'job { id state counts { total waiting invalid } }';

export const examples: Examples = {
  identityStoreUser: {
    args: { by: { userName: 'ada' } },
    select: 'id displayName emails { value type primary }',
    finds: IdentityStoreUser.globalId({
      identityStoreId: 'd-9067012345',
      userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1',
    }),
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
  updateIdentityStoreUser: {
    note: "Grace is one of the demo world's users.",
    args: {
      input: {
        userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000b2',
        title: 'Commodore',
        name: { givenName: 'Grace', familyName: 'Hopper', honorificPrefix: 'Commodore' },
        nickName: null,
        phoneNumbers: [{ value: '+1 212 555 0199', type: 'work', primary: true }],
      },
    },
    select:
      'user { userId displayName title nickName name { honorificPrefix } phoneNumbers { value } updatedAt }',
  },
  importIdentityStoreUsers: {
    note: 'A bulk job: Dorothy is new, Ada exists.',
    args: {
      input: {
        onExisting: 'SKIP',
        source: {
          rows: [
            {
              userName: 'dorothy',
              displayName: 'Dorothy Vaughan',
              name: { givenName: 'Dorothy', familyName: 'Vaughan' },
              groups: [{ displayName: 'Engineers' }],
            },
            {
              userName: 'ada',
              displayName: 'Ada Lovelace',
              name: { givenName: 'Ada', familyName: 'Lovelace' },
            },
          ],
        },
      },
    },
    select: JOB,
  },
  exportIdentityStoreUsers: { note: 'A bulk job.', args: { input: {} }, select: JOB },
  updateIdentityStoreUsers: {
    note: 'A bulk job.',
    args: { input: { source: { rows: [{ user: { userName: 'grace' }, title: 'Commodore' }] } } },
    select: JOB,
  },
  deleteIdentityStoreUsers: {
    note: 'A bulk job that only tells what it would do.',
    args: { input: { dryRun: true, source: { rows: [{ user: { userName: 'alan' } }] } } },
    select: JOB,
  },
  deleteIdentityStoreUser: {
    note: "Alan is one of the demo world's users.",
    args: { input: { userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000c3' } },
    select: 'deletedUserId userId',
    tab: true,
  },
};
