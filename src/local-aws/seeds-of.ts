/** What worlds begin with, by the names of `seed-names.ts`. */
import { demoSeeds, demoWorld } from './demo-world.ts';
import type { SeedName } from './seed-names.ts';
import type { Seed } from './seeds.ts';
import { defaultRegion } from './services/aws-account.ts';
import { newUser as newChimeUser } from './services/chime/new-user.ts';
import type { StoredUser as ChimeUser } from './services/chime/state.ts';
import { newUser as newAppInstanceUser } from './services/chime-sdk-identity/new-things.ts';
import { newThing } from './services/identitystore/new-thing.ts';
import type { StoredUser as IdentityStoreUser } from './services/identitystore/state.ts';
import type { CollectionUser } from './services/rekognition/state.ts';

type States = Parameters<typeof demoSeeds>[0];

const THOUSAND = 1_000;

const { identityStoreId: IdentityStoreId } = demoWorld.identityStore;
const { collectionId: CollectionId } = demoWorld.rekognition;
const { accountId: AccountId } = demoWorld.chime;
const { appInstanceArn: AppInstanceArn, appInstanceName } = demoWorld.chimeSdkIdentity;

/** The parts of a world. */
export function seedsOf(name: SeedName, states: States, clock: () => Date): Seed[] {
  const demo = demoSeeds(states, clock);
  switch (name) {
    case 'demo':
      return demo;
    case 'empty':
      return [];
    case 'thousand':
      return [...demo, ...thousand(states, clock)];
    case 'statuses':
      return [...demo, ...statuses(states, clock)];
  }
}

/** So many users more in each of the demo world's collection, store, account and app instance: `user0001` to `user1000`. */
function thousand(
  { rekognition, identityStore, chime, chimeSdkIdentity }: States,
  clock: () => Date,
): Seed[] {
  const names = Array.from({ length: THOUSAND }, (_, at) => `user${String(at + 1).padStart(4, '0')}`);
  return [
    {
      name: `${THOUSAND} users of the collection ${CollectionId}`,
      table: 'rekognition_users',
      sow: () => each(names, UserId => rekognition.users.insertIfFree(collectionUser(UserId, 'CREATED'))),
    },
    {
      name: `${THOUSAND} users of the identity store ${IdentityStoreId}`,
      table: 'identitystore_users',
      sow: () => each(names, name => identityStore.users.insertIfFree(person(name, clock(), 'ENABLED'))),
    },
    {
      name: `${THOUSAND} users of the Chime account ${demoWorld.chime.accountName}`,
      table: 'chime_users',
      sow: () => each(names, name => chime.users.insertIfFree(member({ chime }, name, clock(), {}))),
    },
    {
      name: `${THOUSAND} users of the app instance ${appInstanceName}`,
      table: 'chime_sdk_app_instance_users',
      sow: () => each(names, name => chimeSdkIdentity.users.insertIfFree(appInstanceUser(name, clock()))),
    },
  ];
}

/**
 * A user more for each status that AWS has, named after it: `updating`, `disabled`, `suspended`. In Chime SDK Identity users have
 * no status; what there is of them besides is that they expire, and that they are admins.
 */
function statuses(
  { rekognition, identityStore, chime, chimeSdkIdentity }: States,
  clock: () => Date,
): Seed[] {
  return [
    {
      name: `users of every status in the collection ${CollectionId}`,
      table: 'rekognition_users',
      sow: () =>
        each(['ACTIVE', 'UPDATING', 'CREATING', 'CREATED'] as const, status =>
          rekognition.users.insertIfFree(collectionUser(status.toLowerCase(), status)),
        ),
    },
    {
      name: `users of every status in the identity store ${IdentityStoreId}`,
      table: 'identitystore_users',
      sow: () =>
        each(['ENABLED', 'DISABLED'] as const, status =>
          identityStore.users.insertIfFree(person(status.toLowerCase(), clock(), status)),
        ),
    },
    {
      name: `users of every status in the Chime account ${demoWorld.chime.accountName}`,
      table: 'chime_users',
      sow: () =>
        each(chimeStatuses(clock().toISOString()), ([name, status]) =>
          chime.users.insertIfFree(member({ chime }, name, clock(), status)),
        ),
    },
    {
      name: `users of every kind in the app instance ${appInstanceName}`,
      table: 'chime_sdk_app_instance_users',
      sow: () => sowAppInstanceKinds(chimeSdkIdentity, clock()),
    },
  ];
}

/** A user that stays, one that expires, and an admin. */
function sowAppInstanceKinds(
  { users, admins }: Pick<States['chimeSdkIdentity'], 'users' | 'admins'>,
  now: Date,
): boolean {
  const admin = appInstanceUser('admin', now);
  const ExpirationSettings = { ExpirationDays: 30, ExpirationCriterion: 'CREATED_TIMESTAMP' } as const;
  const people = [
    appInstanceUser('permanent', now),
    appInstanceUser('expiring', now, { ExpirationSettings }),
    admin,
  ];
  const sown = each(people, user => users.insertIfFree(user));
  const { AppInstanceUserArn: AppInstanceAdminArn, CreatedTimestamp = 0 } = admin;
  admins.insertIfFree({ AppInstanceArn, AppInstanceAdminArn, CreatedTimestamp });
  return sown;
}

function chimeStatuses(now: string): readonly (readonly [name: string, status: Partial<ChimeUser>])[] {
  return [
    ['pending', { UserRegistrationStatus: 'Unregistered', UserInvitationStatus: 'Pending' }],
    ['failed', { UserRegistrationStatus: 'Unregistered', UserInvitationStatus: 'Failed' }],
    [
      'registered',
      { UserRegistrationStatus: 'Registered', UserInvitationStatus: 'Accepted', RegisteredOn: now },
    ],
    [
      'suspended',
      { UserRegistrationStatus: 'Suspended', UserInvitationStatus: 'Accepted', RegisteredOn: now },
    ],
  ];
}

function collectionUser(
  UserId: string,
  UserStatus: NonNullable<CollectionUser['UserStatus']>,
): CollectionUser {
  return { CollectionId, UserId, UserStatus };
}

function person(
  name: string,
  now: Date,
  UserStatus: NonNullable<IdentityStoreUser['UserStatus']>,
): IdentityStoreUser {
  const attributes = {
    IdentityStoreId,
    UserName: name,
    Name: { GivenName: name, FamilyName: 'Example' },
    DisplayName: `${name} Example`,
    Emails: [{ Value: `${name}@example.com`, Type: 'work', Primary: true }],
  };
  return { ...newThing('User', attributes, now, defaultRegion), UserStatus };
}

function member(
  { chime }: Pick<States, 'chime'>,
  name: string,
  now: Date,
  status: Partial<ChimeUser>,
): ChimeUser {
  const account = chime.accounts.find({ AccountId });
  if (!account) throw new Error('The account of the demo world comes first.');
  return { ...newChimeUser(account, { Email: `${name}@example.com` }, now), ...status };
}

function appInstanceUser(
  AppInstanceUserId: string,
  now: Date,
  more: Pick<Parameters<typeof newAppInstanceUser>[0], 'ExpirationSettings'> = {},
) {
  const Name = `${AppInstanceUserId} Example`;
  return newAppInstanceUser({ AppInstanceArn, AppInstanceUserId, Name, ...more }, now);
}

/** Whether there was room for any. */
function each<Item>(items: readonly Item[], insert: (item: Item) => boolean): boolean {
  return items.map(insert).includes(true);
}
