import {
  CreateAppInstanceUserCommand,
  DeleteAppInstanceUserCommand,
  DescribeAppInstanceUserCommand,
  ListAppInstanceUsersCommand,
  PutAppInstanceUserExpirationSettingsCommand,
  UpdateAppInstanceUserCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { chimeSdkIdentity } from '../service.ts';

export const CreateAppInstanceUser = chimeSdkIdentity.operation(CreateAppInstanceUserCommand, 'change');
export const DeleteAppInstanceUser = chimeSdkIdentity.operation(DeleteAppInstanceUserCommand, 'change');
export const DescribeAppInstanceUser = chimeSdkIdentity.operation(DescribeAppInstanceUserCommand, 'read');
export const ListAppInstanceUsers = chimeSdkIdentity.operation(ListAppInstanceUsersCommand, 'read');
export const PutAppInstanceUserExpirationSettings = chimeSdkIdentity.operation(
  PutAppInstanceUserExpirationSettingsCommand,
  'idempotentChange',
);
export const UpdateAppInstanceUser = chimeSdkIdentity.operation(
  UpdateAppInstanceUserCommand,
  'idempotentChange',
);
