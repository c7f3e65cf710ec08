import { CreateUserCommand, DeleteUserCommand, ListUsersCommand } from '@aws-sdk/client-rekognition';
import { rekognition } from '../service.ts';

export const CreateUser = rekognition.operation(CreateUserCommand, 'change');
export const DeleteUser = rekognition.operation(DeleteUserCommand, 'change');
export const ListUsers = rekognition.operation(ListUsersCommand, 'read');
