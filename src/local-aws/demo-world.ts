import { defaultRegion } from './services/aws-account.ts';
import { newAccount } from './services/chime/new-account.ts';
import { newUser as newChimeUser } from './services/chime/new-user.ts';
import type { ChimeState } from './services/chime/state.ts';
import { newUser as newIdentityStoreUser } from './services/identitystore/new-user.ts';
import type { IdentityStoreState } from './services/identitystore/state.ts';
import type { RekognitionState } from './services/rekognition/state.ts';

/** What a new local AWS starts with: the same three people in each service. */
export const demoWorld = {
  rekognition: { collectionId: 'employees', userIds: ['ada', 'grace', 'alan'] },
  identityStore: {
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
  },
  chime: {
    accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567890',
    accountName: 'Demo Team',
    users: [
      { userId: '2c4e6a80-1357-4a9b-8cde-0000000000a1', email: 'ada@example.com', pin: '1815121001' },
      { userId: '2c4e6a80-1357-4a9b-8cde-0000000000b2', email: 'grace@example.com', pin: '1906120902' },
      { userId: '2c4e6a80-1357-4a9b-8cde-0000000000c3', email: 'alan@example.com', pin: '1912062303' },
    ],
  },
} as const;

/** Fills empty tables with the demo world. */
export function seedDemoWorld(
  states: {
    readonly rekognition: Pick<RekognitionState, 'collections' | 'users'>;
    readonly identityStore: Pick<IdentityStoreState, 'users'>;
    readonly chime: Pick<ChimeState, 'accounts' | 'users'>;
  },
  now: Date,
): void {
  seedCollection(states.rekognition, now);
  seedIdentityStore(states.identityStore, now);
  seedAccount(states.chime, now);
}

function seedCollection(
  { collections, users }: Pick<RekognitionState, 'collections' | 'users'>,
  now: Date,
): void {
  const { collectionId: CollectionId, userIds } = demoWorld.rekognition;
  collections.insert({ id: CollectionId, createdAt: now.getTime() / 1000 });
  for (const UserId of userIds) users.insert({ CollectionId, UserId, UserStatus: 'CREATED' });
}

function seedIdentityStore({ users }: Pick<IdentityStoreState, 'users'>, now: Date): void {
  const { identityStoreId: IdentityStoreId, users: people } = demoWorld.identityStore;
  for (const person of people) {
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
    const user = newIdentityStoreUser(attributes, now, defaultRegion);
    users.insert({ ...user, UserId: person.userId });
  }
}

function seedAccount({ accounts, users }: Pick<ChimeState, 'accounts' | 'users'>, now: Date): void {
  const { accountId, accountName, users: people } = demoWorld.chime;
  const account = newAccount(accountName, now, accountId);
  accounts.insert(account);
  for (const { userId: UserId, email: Email, pin: PersonalPIN } of people) {
    users.insert({ ...newChimeUser(account, { Email }, now), UserId, PersonalPIN });
  }
}
