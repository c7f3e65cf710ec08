/** What Amazon Rekognition's exceptions mean to this API. */
import type { ExceptionTable } from '../../aws/exceptions.ts';

export const exceptions: ExceptionTable = {
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
};
