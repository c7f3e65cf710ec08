/** The demo world in Chime: an account of each type with users, and one to spare. */
import type { Seed } from '../seeds.ts';
import { newAccount } from '../services/chime/new-account.ts';
import { newUser } from '../services/chime/new-user.ts';
import type { ChimeState } from '../services/chime/state.ts';
import { insertAll } from './insert-all.ts';

/** What it has. */
export const demoChime = {
  accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567890',
  accountName: 'Demo Team',
  users: [
    {
      userId: '2c4e6a80-1357-4a9b-8cde-0000000000a1',
      email: 'ada@example.com',
      pin: '1815121001',
      status: 'Registered',
    },
    {
      userId: '2c4e6a80-1357-4a9b-8cde-0000000000b2',
      email: 'grace@example.com',
      pin: '1906120902',
      status: 'Unregistered',
    },
    {
      userId: '2c4e6a80-1357-4a9b-8cde-0000000000c3',
      email: 'alan@example.com',
      pin: '1912062303',
      status: 'Registered',
    },
  ],
  enterprise: {
    accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567891',
    accountName: 'Demo Enterprise',
    users: [
      {
        userId: '2c4e6a80-1357-4a9b-8cde-0000000000d4',
        email: 'mary@example.com',
        pin: '1921040904',
        status: 'Registered',
      },
      {
        userId: '2c4e6a80-1357-4a9b-8cde-0000000000e5',
        email: 'dorothy@example.com',
        pin: '1910092005',
        status: 'Suspended',
      },
    ],
  },
  spare: { accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567892', accountName: 'Demo Team of Yesterday' },
} as const;

/** Its parts, each in one table; one that is in another comes after it. */
export function demoChimeSeeds(state: Pick<ChimeState, 'accounts' | 'users'>, clock: () => Date): Seed[] {
  return [
    {
      name: `the Chime account ${demoChime.accountName}`,
      table: 'chime_accounts',
      sow: () => sowAccount(state, clock()),
    },
    {
      name: `the Chime accounts ${demoChime.enterprise.accountName} and ${demoChime.spare.accountName}`,
      table: 'chime_accounts',
      sow: () => sowFurtherAccounts(state, clock()),
    },
    {
      name: `users of the Chime account ${demoChime.accountName}`,
      table: 'chime_users',
      sow: () => sowAccountUsers(state, demoChime, clock()),
    },
    {
      name: `users of the Chime account ${demoChime.enterprise.accountName}`,
      table: 'chime_users',
      sow: () => sowAccountUsers(state, demoChime.enterprise, clock()),
    },
  ];
}

function sowAccount({ accounts }: Pick<ChimeState, 'accounts'>, now: Date): boolean {
  const { accountId, accountName } = demoChime;
  return accounts.insertIfFree(newAccount(accountName, now, accountId));
}

function sowFurtherAccounts({ accounts }: Pick<ChimeState, 'accounts'>, now: Date): boolean {
  const { enterprise, spare } = demoChime;
  return insertAll(accounts, [
    { ...newAccount(enterprise.accountName, now, enterprise.accountId), AccountType: 'EnterpriseLWA' },
    newAccount(spare.accountName, now, spare.accountId),
  ]);
}

/** Those who are not registered were invited. */
function sowAccountUsers(
  { accounts, users }: Pick<ChimeState, 'accounts' | 'users'>,
  { accountId: AccountId, users: people }: typeof demoChime | typeof demoChime.enterprise,
  now: Date,
): boolean {
  const account = accounts.find({ AccountId });
  if (!account) return false;
  const made = people.map(({ userId: UserId, email: Email, pin: PersonalPIN, status }) => {
    const invited = { ...newUser(account, { Email }, now), UserId, PersonalPIN };
    if (status === 'Unregistered') return invited;
    const RegisteredOn = now.toISOString();
    return {
      ...invited,
      UserRegistrationStatus: status,
      UserInvitationStatus: 'Accepted',
      RegisteredOn,
    } as const;
  });
  return insertAll(users, made);
}
