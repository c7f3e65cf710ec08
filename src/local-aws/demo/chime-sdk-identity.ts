/** The demo world in Chime SDK Identity: an app instance, its users and admins. */
import type { Seed } from '../seeds.ts';
import { defaultRegion } from '../services/aws-account.ts';
import {
  appInstanceArn,
  newAppInstance,
  newUser,
  userArn,
} from '../services/chime-sdk-identity/new-things.ts';
import type { ChimeSdkIdentityState } from '../services/chime-sdk-identity/state.ts';
import { insertAll } from './insert-all.ts';

const demoAppInstanceArn = appInstanceArn(defaultRegion, '4d5e6f70-8192-4a3b-9c4d-000000000001');

/** What it has. */
export const demoChimeSdkIdentity = {
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
} as const;

/** Its parts, each in one table; one that is in another comes after it. */
export function demoChimeSdkIdentitySeeds(
  state: Pick<ChimeSdkIdentityState, 'appInstances' | 'users' | 'admins'>,
  clock: () => Date,
): Seed[] {
  return [
    {
      name: `the app instance ${demoChimeSdkIdentity.appInstanceName}`,
      table: 'chime_sdk_app_instances',
      sow: () => sowAppInstance(state, clock()),
    },
    {
      name: `users of the app instance ${demoChimeSdkIdentity.appInstanceName}`,
      table: 'chime_sdk_app_instance_users',
      sow: () => sowAppInstanceUsers(state, clock()),
    },
    {
      name: `admins of the app instance ${demoChimeSdkIdentity.appInstanceName}`,
      table: 'chime_sdk_app_instance_admins',
      sow: () => sowAppInstanceAdmins(state, clock()),
    },
  ];
}

function sowAppInstance({ appInstances }: Pick<ChimeSdkIdentityState, 'appInstances'>, now: Date): boolean {
  const { appInstanceArn: arn, appInstanceName: Name, metadata: Metadata } = demoChimeSdkIdentity;
  return appInstances.insertIfFree(newAppInstance(arn, { Name, Metadata }, now));
}

function sowAppInstanceUsers(
  { appInstances, users }: Pick<ChimeSdkIdentityState, 'appInstances' | 'users'>,
  now: Date,
): boolean {
  const { appInstanceArn: AppInstanceArn, users: people } = demoChimeSdkIdentity;
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
  const { appInstanceArn: AppInstanceArn, adminIds } = demoChimeSdkIdentity;
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
