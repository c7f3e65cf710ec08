import {
  CreateUserCommand,
  DeleteUserCommand,
  DescribeUserCommand,
  GetUserIdCommand,
  ListUsersCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-identitystore';
import { identityStore } from '../service.ts';

export const CreateUser = identityStore.operation(CreateUserCommand, 'change');
export const DeleteUser = identityStore.operation(DeleteUserCommand, 'change');
export const DescribeUser = identityStore.operation(DescribeUserCommand, 'read');
export const GetUserId = identityStore.operation(GetUserIdCommand, 'read');
export const ListUsers = identityStore.operation(ListUsersCommand, 'read');
export const UpdateUser = identityStore.operation(UpdateUserCommand, 'idempotentChange');

/** AWS leaves extensions out unless they are asked for by name, and knows only this one. */
export const EXTENSIONS = ['aws:identitystore:enterprise'];
