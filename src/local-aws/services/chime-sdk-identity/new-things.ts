/** App instances and their users as AWS makes them. */
import { randomUUID } from 'node:crypto';
import type {
  CreateAppInstanceRequest,
  CreateAppInstanceUserRequest,
} from '@aws-sdk/client-chime-sdk-identity';
import { awsAccountId, partitionOf } from '../aws-account.ts';
import type { Checked } from '../wire.ts';
import type { StoredAppInstance, StoredUser } from './state.ts';

type Attributes<Request> = Omit<Checked<Request>, 'ClientRequestToken'>;

export function appInstanceArn(region: string, id: string = randomUUID()): string {
  return `arn:${partitionOf(region)}:chime:${region}:${awsAccountId}:app-instance/${id}`;
}

export function userArn(AppInstanceArn: string, id: string): string {
  return `${AppInstanceArn}/user/${id}`;
}

export function newAppInstance(
  AppInstanceArn: string,
  attributes: Attributes<CreateAppInstanceRequest>,
  now: Date,
): StoredAppInstance {
  return { AppInstanceArn, ...attributes, ...stamps(now) };
}

export function newUser(
  { AppInstanceUserId, ...attributes }: Attributes<CreateAppInstanceUserRequest>,
  now: Date,
): StoredUser {
  const AppInstanceUserArn = userArn(attributes.AppInstanceArn, AppInstanceUserId);
  return { ...attributes, AppInstanceUserArn, ...stamps(now) };
}

function stamps(now: Date) {
  const at = now.getTime() / 1000;
  return { CreatedTimestamp: at, LastUpdatedTimestamp: at };
}
