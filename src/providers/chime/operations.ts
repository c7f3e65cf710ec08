/** The operations of Amazon Chime that this gateway uses, and what the service's exceptions mean. */
import {
  CreateUserCommand,
  GetAccountCommand,
  GetUserCommand,
  ListUsersCommand,
} from '@aws-sdk/client-chime';
import model from '../../aws/models/chime.json' with { type: 'json' };
import { operationsOf } from '../../aws/operation.ts';

const operation = operationsOf({
  name: 'Amazon Chime',
  model,
  exceptions: {
    AccessDeniedException: 'accessDenied',
    BadRequestException: 'invalidInput',
    ConflictException: 'conflict',
    ForbiddenException: 'accessDenied',
    NotFoundException: 'notFound',
    ServiceFailureException: 'failure',
    ServiceUnavailableException: 'failure',
    ThrottledClientException: 'throttled',
    UnauthorizedClientException: 'accessDenied',
    UnprocessableEntityException: 'invalidInput',
  },
});

export const CreateUser = operation(CreateUserCommand, 'change');
export const GetAccount = operation(GetAccountCommand, 'read');
export const GetUser = operation(GetUserCommand, 'read');
export const ListUsers = operation(ListUsersCommand, 'read');
