/** The demo world in the Identity Store: users, groups, and who is in them. */
import type { Seed } from '../seeds.ts';
import { defaultRegion } from '../services/aws-account.ts';
import { newThing } from '../services/identitystore/new-thing.ts';
import type { IdentityStoreState } from '../services/identitystore/state.ts';
import { insertAll } from './insert-all.ts';

/** What it has. */
export const demoIdentityStore = {
  identityStoreId: 'd-9067012345',
  users: [
    {
      userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1',
      userName: 'ada',
      displayName: 'Ada Lovelace',
      givenName: 'Ada',
      familyName: 'Lovelace',
      title: 'Analyst',
      email: 'ada@example.com',
      locality: 'London',
      country: 'United Kingdom',
      locale: 'en-GB',
      timezone: 'Europe/London',
      phone: '+44 20 7946 0001',
    },
    {
      userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000b2',
      userName: 'grace',
      displayName: 'Grace Hopper',
      givenName: 'Grace',
      familyName: 'Hopper',
      title: 'Rear Admiral',
      email: 'grace@example.com',
      locality: 'New York',
      country: 'United States',
      locale: 'en-US',
      timezone: 'America/New_York',
      phone: '+1 212 555 0102',
    },
    {
      userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000c3',
      userName: 'alan',
      displayName: 'Alan Turing',
      givenName: 'Alan',
      familyName: 'Turing',
      title: 'Mathematician',
      email: 'alan@example.com',
      locality: 'Manchester',
      country: 'United Kingdom',
      locale: 'en-GB',
      timezone: 'Europe/London',
      phone: '+44 161 496 0003',
    },
  ],
  groups: [
    {
      groupId: '9067012345-1b2c3d4e-5f60-4b7c-8d9e-0000000000a1',
      displayName: 'Analysts',
      description: 'Those who work out what can be computed',
    },
    {
      groupId: '9067012345-1b2c3d4e-5f60-4b7c-8d9e-0000000000b2',
      displayName: 'Engineers',
      description: 'Those who make it compute',
    },
  ],
  memberships: [
    {
      membershipId: '9067012345-2c3d4e5f-6071-4c8d-9e0f-0000000000a1',
      groupId: '9067012345-1b2c3d4e-5f60-4b7c-8d9e-0000000000a1',
      userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1',
    },
    {
      membershipId: '9067012345-2c3d4e5f-6071-4c8d-9e0f-0000000000b2',
      groupId: '9067012345-1b2c3d4e-5f60-4b7c-8d9e-0000000000b2',
      userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1',
    },
    {
      membershipId: '9067012345-2c3d4e5f-6071-4c8d-9e0f-0000000000c3',
      groupId: '9067012345-1b2c3d4e-5f60-4b7c-8d9e-0000000000b2',
      userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000b2',
    },
    {
      membershipId: '9067012345-2c3d4e5f-6071-4c8d-9e0f-0000000000d4',
      groupId: '9067012345-1b2c3d4e-5f60-4b7c-8d9e-0000000000a1',
      userId: '9067012345-0a1b2c3d-4e5f-4a6b-8c7d-0000000000c3',
    },
  ],
} as const;

/** Its parts, each in one table; one that is in another comes after it. */
export function demoIdentityStoreSeeds(
  state: Pick<IdentityStoreState, 'users' | 'groups' | 'memberships'>,
  clock: () => Date,
): Seed[] {
  return [
    {
      name: `users of the identity store ${demoIdentityStore.identityStoreId}`,
      table: 'identitystore_users',
      sow: () => sowIdentityStore(state, clock()),
    },
    {
      name: `groups of the identity store ${demoIdentityStore.identityStoreId}`,
      table: 'identitystore_groups',
      sow: () => sowGroups(state, clock()),
    },
    {
      name: `memberships in groups of the identity store ${demoIdentityStore.identityStoreId}`,
      table: 'identitystore_memberships',
      sow: () => sowMemberships(state, clock()),
    },
  ];
}

function sowIdentityStore({ users }: Pick<IdentityStoreState, 'users'>, now: Date): boolean {
  const { identityStoreId: IdentityStoreId, users: people } = demoIdentityStore;
  const made = people.map(person => {
    const attributes = {
      IdentityStoreId,
      UserName: person.userName,
      Name: {
        Formatted: person.displayName,
        GivenName: person.givenName,
        FamilyName: person.familyName,
      },
      DisplayName: person.displayName,
      NickName: person.givenName,
      ProfileUrl: `https://example.com/people/${person.userName}`,
      Emails: [{ Value: person.email, Type: 'work', Primary: true }],
      Addresses: [{ Locality: person.locality, Country: person.country, Type: 'work', Primary: true }],
      PhoneNumbers: [{ Value: person.phone, Type: 'work', Primary: true }],
      UserType: 'Employee',
      Title: person.title,
      PreferredLanguage: person.locale,
      Locale: person.locale,
      Timezone: person.timezone,
    };
    const user = newThing('User', attributes, now, defaultRegion);
    return { ...user, UserId: person.userId, UserStatus: 'ENABLED' } as const;
  });
  return insertAll(users, made);
}

function sowGroups({ groups }: Pick<IdentityStoreState, 'groups'>, now: Date): boolean {
  const { identityStoreId: IdentityStoreId, groups: demoGroups } = demoIdentityStore;
  const made = demoGroups.map(({ groupId, displayName: DisplayName, description: Description }) => {
    const group = newThing('Group', { IdentityStoreId, DisplayName, Description }, now, defaultRegion);
    return { ...group, GroupId: groupId };
  });
  return insertAll(groups, made);
}

function sowMemberships(
  { users, groups, memberships }: Pick<IdentityStoreState, 'users' | 'groups' | 'memberships'>,
  now: Date,
): boolean {
  const { identityStoreId: IdentityStoreId, memberships: demoMemberships } = demoIdentityStore;
  const made = demoMemberships
    .filter(
      ({ groupId: GroupId, userId: UserId }) =>
        groups.find({ IdentityStoreId, GroupId }) && users.find({ IdentityStoreId, UserId }),
    )
    .map(({ membershipId, groupId: GroupId, userId: UserId }) => {
      const attributes = { IdentityStoreId, GroupId, MemberId: { UserId } };
      return { ...newThing('Membership', attributes, now, defaultRegion), MembershipId: membershipId };
    });
  return insertAll(memberships, made);
}
