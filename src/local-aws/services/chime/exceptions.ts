import type { Account } from '@aws-sdk/client-chime';
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

/** For whatever is wrong with a request: Chime does not say what. */
export function badRequest(): AwsException {
  return new AwsException('BadRequestException', 'Service received a bad request');
}

export const invalidPaginationToken = badRequest;

/** For what only Enterprise accounts have, in the words that were seen on other operations. */
export function notEnterprise({
  AccountId,
  AwsAccountId,
}: Pick<Account, 'AccountId' | 'AwsAccountId'>): AwsException {
  return new AwsException(
    'ForbiddenException',
    `Chime Account provided is not an Enterprise Chime Account[AWS Account ID: ${AwsAccountId}][Chime Account ID: ${AccountId}]`,
  );
}

export function usersNotSuspended(): AwsException {
  return new AwsException('UnprocessableEntityException', 'Account has users that are not suspended');
}

export function throttled(): AwsException {
  return new AwsException('ThrottledClientException', 'Rate exceeded');
}
