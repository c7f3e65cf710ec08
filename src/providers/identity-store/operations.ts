/** The operations of the Identity Store that this gateway uses, and what the service's exceptions mean. */
import {
  CreateUserCommand,
  DeleteUserCommand,
  DescribeUserCommand,
  GetUserIdCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import model from '../../aws/models/identitystore.json' with { type: 'json' };
import { operationsOf } from '../../aws/operation.ts';

const operation = operationsOf({
  name: 'The Identity Store',
  model,
  exceptions: {
    AccessDeniedException: 'accessDenied',
    ConflictException: 'conflict',
    InternalServerException: 'failure',
    ResourceNotFoundException: 'notFound',
    ServiceQuotaExceededException: 'quotaExceeded',
    ThrottlingException: 'throttled',
    ValidationException: 'invalidInput',
  },
});

export const CreateUser = operation(CreateUserCommand, 'change');
export const DeleteUser = operation(DeleteUserCommand, 'change');
export const DescribeUser = operation(DescribeUserCommand, 'read');
export const GetUserId = operation(GetUserIdCommand, 'read');
export const ListUsers = operation(ListUsersCommand, 'read');
