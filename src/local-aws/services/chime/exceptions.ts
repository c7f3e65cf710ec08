import { AwsException } from '../../exception.ts';

/** Chime's own code for each exception, which its error bodies carry. */
export const errorCodes: ReadonlyMap<string, string> = new Map([
  ['AccessDeniedException', 'AccessDenied'],
  ['BadRequestException', 'BadRequest'],
  ['ConflictException', 'Conflict'],
  ['ForbiddenException', 'Forbidden'],
  ['NotFoundException', 'NotFound'],
  ['ResourceLimitExceededException', 'ResourceLimitExceeded'],
  ['ServiceFailureException', 'ServiceFailure'],
  ['ServiceUnavailableException', 'ServiceUnavailable'],
  ['ThrottledClientException', 'Throttled'],
  ['UnauthorizedClientException', 'Unauthorized'],
  ['UnprocessableEntityException', 'Unprocessable'],
]);

/** For whatever is missing: Chime does not say what. */
export function notFound(): AwsException {
  return new AwsException('NotFoundException', 'Unable to find the requested identifier');
}

export function emailTaken(): AwsException {
  return new AwsException('ConflictException', 'Request could not be completed due to a conflict');
}

export function invalidPaginationToken(): AwsException {
  return new AwsException('BadRequestException', 'Service received a bad request');
}

export function throttled(): AwsException {
  return new AwsException('ThrottledClientException', 'Rate exceeded');
}
