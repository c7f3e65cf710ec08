/** What Amazon Chime's exceptions mean to this API. */
import type { ExceptionTable } from '../../aws/exceptions.ts';

export const exceptions: ExceptionTable = {
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
};
