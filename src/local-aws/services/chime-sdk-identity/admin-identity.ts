import type { Identity } from '@aws-sdk/client-chime-sdk-identity';
import type { RestJsonInSeconds } from '../wire.ts';
import type { ChimeSdkIdentityState, StoredAdmin } from './state.ts';

/** An admin as answers have it: who it is, with the name that the user has now. */
export function identityOf(
  { users }: Pick<ChimeSdkIdentityState, 'users'>,
  { AppInstanceArn, AppInstanceAdminArn: Arn }: StoredAdmin,
): RestJsonInSeconds<Identity> {
  const user = users.find({ AppInstanceArn, AppInstanceUserArn: Arn });
  return { Arn, ...(user?.Name !== undefined && { Name: user.Name }) };
}
