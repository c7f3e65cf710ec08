/** What the Identity Store's exceptions mean to this API. */
import type { ExceptionTable } from '../../aws/exceptions.ts';

export const exceptions: ExceptionTable = {
  AccessDeniedException: 'accessDenied',
  ConflictException: 'conflict',
  InternalServerException: 'failure',
  ResourceNotFoundException: 'notFound',
  ServiceQuotaExceededException: 'quotaExceeded',
  ThrottlingException: 'throttled',
  ValidationException: 'invalidInput',
};
