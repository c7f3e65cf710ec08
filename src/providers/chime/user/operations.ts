import { CreateUserCommand, GetUserCommand, ListUsersCommand } from '@aws-sdk/client-chime';
import { chime } from '../service.ts';

export const CreateUser = chime.operation(CreateUserCommand, 'change');
export const GetUser = chime.operation(GetUserCommand, 'read');
export const ListUsers = chime.operation(ListUsersCommand, 'read');
