import { AwsException } from '../../exception.ts';

/** For whatever is missing: no operation has an exception of its own for that, and AWS does not tell it from forbidden. */
export function noAppInstance(): AwsException {
  return new AwsException(
    'ForbiddenException',
    'An invalid app instance ARN was supplied for the input parameter.',
  );
}

/** The text is the one of Amazon Chime SDK messaging. */
export function noUser(): AwsException {
  return new AwsException(
    'ForbiddenException',
    'An invalid app instance user ARN was supplied for the input parameter.',
  );
}

export function conflict(): AwsException {
  return new AwsException('ConflictException', 'Request could not be completed due to a conflict');
}

export function limitExceeded(): AwsException {
  return new AwsException('ResourceLimitExceededException', 'The limit of this resource is exceeded');
}

export function invalidPaginationToken(): AwsException {
  return new AwsException('BadRequestException', 'Service received a bad request');
}
