/** The refusals of mutations as tests expect them. */
import type { ConflictReason, ResourceType } from '../../src/errors.ts';

/** Of the gateway itself, for these issues. */
export function invalid(...issues: readonly string[]) {
  return {
    __typename: 'InvalidInputError',
    message: issues.join(' '),
    code: 'INVALID_INPUT',
    providerCode: null,
    requestId: null,
    retryable: false,
  };
}

/** Of AWS. */
export function notFound(resourceType: ResourceType, resourceId: string, message: string) {
  return {
    __typename: 'NotFoundError',
    message,
    code: 'NOT_FOUND',
    retryable: false,
    resourceType,
    resourceId,
  };
}

/** Of AWS. */
export function conflict(reason: ConflictReason, message: string) {
  const retryable = reason === 'CONCURRENT_MODIFICATION';
  return { __typename: 'ConflictError', message, code: 'CONFLICT', retryable, reason };
}

/** Of a service that does not tell what is missing from what is forbidden; `missing` is what may be so. */
export function missingOrDenied(service: string, missing: string) {
  return {
    __typename: 'AccessDeniedError',
    message: `${service} refused without telling why. ${missing}, or the credentials of this gateway may not perform the operation.`,
    code: 'ACCESS_DENIED',
    providerCode: 'ForbiddenException',
    retryable: false,
  };
}
