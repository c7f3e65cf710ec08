import {
  CreateGroupCommand,
  DeleteGroupCommand,
  DescribeGroupCommand,
  GetGroupIdCommand,
  ListGroupsCommand,
  UpdateGroupCommand,
} from '@aws-sdk/client-identitystore';
import { identityStore } from '../service.ts';

export const CreateGroup = identityStore.operation(CreateGroupCommand, 'change');
export const DeleteGroup = identityStore.operation(DeleteGroupCommand, 'change');
export const DescribeGroup = identityStore.operation(DescribeGroupCommand, 'read');
export const GetGroupId = identityStore.operation(GetGroupIdCommand, 'read');
export const ListGroups = identityStore.operation(ListGroupsCommand, 'read');
export const UpdateGroup = identityStore.operation(UpdateGroupCommand, 'idempotentChange');
