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

export function accountNotFound(accountId: string): AwsException {
  return new AwsException('NotFoundException', `Account ${accountId} not found`);
}

export function userNotFound(userId: string): AwsException {
  return new AwsException('NotFoundException', `User ${userId} not found`);
}

export function emailTaken(): AwsException {
  return new AwsException('ConflictException', 'A user with this email already exists in the account');
}

export function invalidPaginationToken(): AwsException {
  return new AwsException('BadRequestException', 'The next-token is not valid for this request');
}

export function throttled(): AwsException {
  return new AwsException('ThrottledClientException', 'Rate exceeded');
}
