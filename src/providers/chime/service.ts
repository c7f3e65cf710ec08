/** Amazon Chime as this gateway uses it, and what its exceptions mean. */
import type { ErrorCode } from '@aws-sdk/client-chime';
import type { Meaning } from '../../adapter/exceptions.ts';
import { awsService } from '../../adapter/service.ts';
import model from '../../aws/models/chime.json' with { type: 'json' };
import { awsQuotas } from '../../aws/models/quotas.ts';

export const chime = awsService({
  provider: 'chime',
  name: 'Amazon Chime',
  model,
  quotas: awsQuotas.chime,
  parallelLookUps: 10,
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

/** What Chime's codes mean, with which its answers to batches say what became of single users. */
export const errorCodes: Readonly<Record<ErrorCode, Meaning>> = {
  AccessDenied: 'accessDenied',
  BadRequest: 'invalidInput',
  Conflict: 'conflict',
  Forbidden: 'accessDenied',
  NotFound: 'notFound',
  PhoneNumberAssociationsExist: 'conflict',
  PreconditionFailed: 'conflict',
  ResourceLimitExceeded: 'quotaExceeded',
  ServiceFailure: 'failure',
  ServiceUnavailable: 'failure',
  Throttled: 'throttled',
  Throttling: 'throttled',
  Unauthorized: 'accessDenied',
  Unprocessable: 'invalidInput',
  VoiceConnectorGroupAssociationsExist: 'conflict',
};
