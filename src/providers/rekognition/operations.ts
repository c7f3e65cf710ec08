/** The operations of Amazon Rekognition that this gateway uses, and what the service's exceptions mean. */
import {
  CreateUserCommand,
  DeleteUserCommand,
  DescribeCollectionCommand,
  ListUsersCommand,
} from '@aws-sdk/client-rekognition';
import model from '../../aws/models/rekognition.json' with { type: 'json' };
import { operationsOf } from '../../aws/operation.ts';

const operation = operationsOf({
  name: 'Amazon Rekognition',
  model,
  exceptions: {
    AccessDeniedException: 'accessDenied',
    ConflictException: 'conflict',
    IdempotentParameterMismatchException: 'idempotencyMismatch',
    ImageTooLargeException: 'invalidInput',
    InternalServerError: 'failure',
    InvalidImageFormatException: 'invalidInput',
    InvalidPaginationTokenException: 'invalidInput',
    InvalidParameterException: 'invalidInput',
    InvalidS3ObjectException: 'invalidInput',
    ProvisionedThroughputExceededException: 'throttled',
    ResourceAlreadyExistsException: 'conflict',
    ResourceNotFoundException: 'notFound',
    ServiceQuotaExceededException: 'quotaExceeded',
    ThrottlingException: 'throttled',
  },
});

export const CreateUser = operation(CreateUserCommand, 'change');
export const DeleteUser = operation(DeleteUserCommand, 'change');
export const DescribeCollection = operation(DescribeCollectionCommand, 'read');
export const ListUsers = operation(ListUsersCommand, 'read');
