import type { Seed } from './seeds.ts';
import { defaultRegion } from './services/aws-account.ts';
import { newAccount } from './services/chime/new-account.ts';
import { newUser as newChimeUser } from './services/chime/new-user.ts';
import type { ChimeState } from './services/chime/state.ts';
import {
  appInstanceArn,
  newAppInstance,
  newUser,
  userArn,
} from './services/chime-sdk-identity/new-things.ts';
import type { ChimeSdkIdentityState } from './services/chime-sdk-identity/state.ts';

import { newThing } from './services/identitystore/new-thing.ts';

import type { IdentityStoreState } from './services/identitystore/state.ts';
import { facesIn } from './services/rekognition/image.ts';
import { newFace } from './services/rekognition/new-face.ts';
import type { RekognitionState } from './services/rekognition/state.ts';
import type { Table } from './table.ts';

const demoAppInstanceArn = appInstanceArn(defaultRegion, '4d5e6f70-8192-4a3b-9c4d-000000000001');

/** What a new local AWS starts with: the same three people in each service, groups, and who is in them. */
export const demoWorld = {
  rekognition: {
    collectionId: 'employees',
    userIds: ['ada', 'grace', 'alan'],
    /** One to spare. */
    emptyCollectionId: 'contractors',
    /** Of one picture each, in base64; what is of no user is to spare. */
    faces: [
      {
        faceId: '0a1b2c3d-4e5f-4a6b-8c7d-0000000000b2',
        externalImageId: 'grace.png',
        userId: 'grace',
        image:
          'iVBORw0KGgoAAAANSUhEUgAAAFAAAABQAQAAAACmas8AAAAAFElEQVR42mMwhgOGUeYoc5RJWyYAAH6fYYhrqywAAAAASUVORK5CYII=',
      },
      {
        faceId: '0a1b2c3d-4e5f-4a6b-8c7d-0000000000a1',
        externalImageId: 'ada.png',
        userId: undefined,
        image:
          'iVBORw0KGgoAAAANSUhEUgAAAFAAAABQAQAAAACmas8AAAAAFElEQVR42mPghwOGUeYoc5RJWyYAmSAu4WCUvJEAAAAASUVORK5CYII=',
      },
      {
        faceId: '0a1b2c3d-4e5f-4a6b-8c7d-0000000000f6',
        externalImageId: 'somebody.png',
        userId: undefined,
        image:
          'iVBORw0KGgoAAAANSUhEUgAAAFAAAABQAQAAAACmas8AAAAAFElEQVR42mMIhQOGUeYoc5RJWyYAqSgJsPDcMJQAAAAASUVORK5CYII=',
      },
    ],
  },
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
  },
  chime: {
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
  },
  chimeSdkIdentity: {
    appInstanceArn: demoAppInstanceArn,
    appInstanceName: 'Demo App',
    metadata: '{"stage":"demo"}',
    // The first is an admin, and so is the last.
    users: [
      { appInstanceUserArn: userArn(demoAppInstanceArn, 'ada'), userId: 'ada', name: 'Ada Lovelace' },
      { appInstanceUserArn: userArn(demoAppInstanceArn, 'grace'), userId: 'grace', name: 'Grace Hopper' },
      { appInstanceUserArn: userArn(demoAppInstanceArn, 'alan'), userId: 'alan', name: 'Alan Turing' },
    ],
    adminIds: ['ada', 'alan'],
  },
} as const;

/** The parts of the demo world, each in one table; one that is in another comes after it. */
export function demoSeeds(
  states: {
    readonly rekognition: Pick<RekognitionState, 'collections' | 'users' | 'faces'>;
    readonly identityStore: Pick<IdentityStoreState, 'users' | 'groups' | 'memberships'>;
    readonly chime: Pick<ChimeState, 'accounts' | 'users'>;
    readonly chimeSdkIdentity: Pick<ChimeSdkIdentityState, 'appInstances' | 'users' | 'admins'>;
  },
  clock: () => Date,
): Seed[] {
  const { rekognition, identityStore, chime, chimeSdkIdentity } = demoWorld;
  return [
    {
      name: `the collection ${rekognition.collectionId}`,
      table: 'rekognition_collections',
      sow: () => sowCollection(states.rekognition, rekognition.collectionId, clock()),
    },
    {
      name: `the collection ${rekognition.emptyCollectionId}`,
      table: 'rekognition_collections',
      sow: () => sowCollection(states.rekognition, rekognition.emptyCollectionId, clock()),
    },
    {
      name: `users of the collection ${rekognition.collectionId}`,
      table: 'rekognition_users',
      sow: () => sowCollectionUsers(states.rekognition),
    },
    {
      name: `faces of the collection ${rekognition.collectionId}`,
      table: 'rekognition_faces',
      sow: () => sowFaces(states.rekognition),
    },
    {
      name: `users of the identity store ${identityStore.identityStoreId}`,
      table: 'identitystore_users',
      sow: () => sowIdentityStore(states.identityStore, clock()),
    },
    {
      name: `groups of the identity store ${identityStore.identityStoreId}`,
      table: 'identitystore_groups',
      sow: () => sowGroups(states.identityStore, clock()),
    },
    {
      name: `memberships in groups of the identity store ${identityStore.identityStoreId}`,
      table: 'identitystore_memberships',
      sow: () => sowMemberships(states.identityStore, clock()),
    },
    {
      name: `the Chime account ${chime.accountName}`,
      table: 'chime_accounts',
      sow: () => sowAccount(states.chime, clock()),
    },
    {
      name: `the Chime accounts ${chime.enterprise.accountName} and ${chime.spare.accountName}`,
      table: 'chime_accounts',
      sow: () => sowFurtherAccounts(states.chime, clock()),
    },
    {
      name: `users of the Chime account ${chime.accountName}`,
      table: 'chime_users',
      sow: () => sowAccountUsers(states.chime, chime, clock()),
    },
    {
      name: `users of the Chime account ${chime.enterprise.accountName}`,
      table: 'chime_users',
      sow: () => sowAccountUsers(states.chime, chime.enterprise, clock()),
    },
    {
      name: `the app instance ${chimeSdkIdentity.appInstanceName}`,
      table: 'chime_sdk_app_instances',
      sow: () => sowAppInstance(states.chimeSdkIdentity, clock()),
    },
    {
      name: `users of the app instance ${chimeSdkIdentity.appInstanceName}`,
      table: 'chime_sdk_app_instance_users',
      sow: () => sowAppInstanceUsers(states.chimeSdkIdentity, clock()),
    },
    {
      name: `admins of the app instance ${chimeSdkIdentity.appInstanceName}`,
      table: 'chime_sdk_app_instance_admins',
      sow: () => sowAppInstanceAdmins(states.chimeSdkIdentity, clock()),
    },
  ];
}

function sowCollection(
  { collections }: Pick<RekognitionState, 'collections'>,
  id: string,
  now: Date,
): boolean {
  return collections.insertIfFree({ id, createdAt: now.getTime() / 1000 });
}

function sowCollectionUsers({
  collections,
  users,
}: Pick<RekognitionState, 'collections' | 'users'>): boolean {
  const { collectionId: CollectionId, userIds } = demoWorld.rekognition;
  if (!collections.find({ CollectionId })) return false;
  return insertAll(
    users,
    userIds.map(UserId => ({ CollectionId, UserId })),
  );
}

function sowFaces({
  collections,
  users,
  faces,
}: Pick<RekognitionState, 'collections' | 'users' | 'faces'>): boolean {
  const { collectionId: CollectionId, faces: demoFaces } = demoWorld.rekognition;
  if (!collections.find({ CollectionId })) return false;
  const made = demoFaces.map(({ faceId, externalImageId, userId, image }) => {
    const [detected] = facesIn({ Bytes: Buffer.from(image, 'base64') });
    if (!detected) throw new Error('A picture of the demo world has no face.');
    const user = userId === undefined ? undefined : users.find({ CollectionId, UserId: userId });
    // Long ago, so that it is ACTIVE.
    if (user) users.replace({ CollectionId, UserId: user.UserId }, { ...user, changedAt: 0 });
    const face = newFace(CollectionId, detected, { faces: 1, externalImageId, faceId });
    return user ? { ...face, UserId: user.UserId } : face;
  });
  return insertAll(faces, made);
}

function sowIdentityStore({ users }: Pick<IdentityStoreState, 'users'>, now: Date): boolean {
  const { identityStoreId: IdentityStoreId, users: people } = demoWorld.identityStore;
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
  const { identityStoreId: IdentityStoreId, groups: demoGroups } = demoWorld.identityStore;
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
  const { identityStoreId: IdentityStoreId, memberships: demoMemberships } = demoWorld.identityStore;
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

function sowAccount({ accounts }: Pick<ChimeState, 'accounts'>, now: Date): boolean {
  const { accountId, accountName } = demoWorld.chime;
  return accounts.insertIfFree(newAccount(accountName, now, accountId));
}

function sowFurtherAccounts({ accounts }: Pick<ChimeState, 'accounts'>, now: Date): boolean {
  const { enterprise, spare } = demoWorld.chime;
  return insertAll(accounts, [
    { ...newAccount(enterprise.accountName, now, enterprise.accountId), AccountType: 'EnterpriseLWA' },
    newAccount(spare.accountName, now, spare.accountId),
  ]);
}

/** Those who are not registered were invited. */
function sowAccountUsers(
  { accounts, users }: Pick<ChimeState, 'accounts' | 'users'>,
  { accountId: AccountId, users: people }: typeof demoWorld.chime | typeof demoWorld.chime.enterprise,
  now: Date,
): boolean {
  const account = accounts.find({ AccountId });
  if (!account) return false;
  const made = people.map(({ userId: UserId, email: Email, pin: PersonalPIN, status }) => {
    const invited = { ...newChimeUser(account, { Email }, now), UserId, PersonalPIN };
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

function sowAppInstance({ appInstances }: Pick<ChimeSdkIdentityState, 'appInstances'>, now: Date): boolean {
  const { appInstanceArn: arn, appInstanceName: Name, metadata: Metadata } = demoWorld.chimeSdkIdentity;
  return appInstances.insertIfFree(newAppInstance(arn, { Name, Metadata }, now));
}

function sowAppInstanceUsers(
  { appInstances, users }: Pick<ChimeSdkIdentityState, 'appInstances' | 'users'>,
  now: Date,
): boolean {
  const { appInstanceArn: AppInstanceArn, users: people } = demoWorld.chimeSdkIdentity;
  if (!appInstances.find({ AppInstanceArn })) return false;
  return insertAll(
    users,
    people.map(({ userId: AppInstanceUserId, name: Name }) =>
      newUser({ AppInstanceArn, AppInstanceUserId, Name }, now),
    ),
  );
}

function sowAppInstanceAdmins(
  { users, admins }: Pick<ChimeSdkIdentityState, 'users' | 'admins'>,
  now: Date,
): boolean {
  const { appInstanceArn: AppInstanceArn, adminIds } = demoWorld.chimeSdkIdentity;
  const present = adminIds
    .map(id => userArn(AppInstanceArn, id))
    .filter(AppInstanceUserArn => users.find({ AppInstanceArn, AppInstanceUserArn }));
  return insertAll(
    admins,
    present.map(AppInstanceAdminArn => ({
      AppInstanceArn,
      AppInstanceAdminArn,
      CreatedTimestamp: now.getTime() / 1000,
    })),
  );
}

/** Whether there was room for any of the entities. */
function insertAll<Entity extends object>(
  table: Table<Entity, string>,
  entities: readonly Entity[],
): boolean {
  return entities.map(entity => table.insertIfFree(entity)).includes(true);
}
