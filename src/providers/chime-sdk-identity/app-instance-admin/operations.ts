import {
  CreateAppInstanceAdminCommand,
  DeleteAppInstanceAdminCommand,
  DescribeAppInstanceAdminCommand,
  ListAppInstanceAdminsCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { chimeSdkIdentity } from '../service.ts';

export const CreateAppInstanceAdmin = chimeSdkIdentity.operation(CreateAppInstanceAdminCommand, 'change');
export const DeleteAppInstanceAdmin = chimeSdkIdentity.operation(DeleteAppInstanceAdminCommand, 'change');
export const DescribeAppInstanceAdmin = chimeSdkIdentity.operation(DescribeAppInstanceAdminCommand, 'read');
export const ListAppInstanceAdmins = chimeSdkIdentity.operation(ListAppInstanceAdminsCommand, 'read');
