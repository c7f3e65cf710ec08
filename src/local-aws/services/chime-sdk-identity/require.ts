/** What operations are about, which has to be there. */
import { noAppInstance, noUser } from './exceptions.ts';
import type { ChimeSdkIdentityState, StoredAppInstance, StoredUser } from './state.ts';

export function requireAppInstance(
  { appInstances }: Pick<ChimeSdkIdentityState, 'appInstances'>,
  AppInstanceArn: string,
): StoredAppInstance {
  const appInstance = appInstances.find({ AppInstanceArn });
  if (!appInstance) throw noAppInstance();
  return appInstance;
}

export function requireUser(
  { users }: Pick<ChimeSdkIdentityState, 'users'>,
  AppInstanceUserArn: string,
): StoredUser {
  const user = users.find({ AppInstanceUserArn });
  if (!user) throw noUser();
  return user;
}
