/** The Identity Store as this gateway uses it, and what its exceptions mean. */
import { awsService } from '../../adapter/service.ts';
import model from '../../aws/models/identitystore.json' with { type: 'json' };
import { awsQuotas } from '../../aws/models/quotas.ts';
import { settings } from './settings.ts';

export const identityStore = awsService(
  {
    provider: 'identity-store',
    name: 'The Identity Store',
    model,
    quotas: awsQuotas.identitystore,
    // One request takes at most half of what AWS allows in a second.
    parallelLookUps: 10,
    exceptions: {
      AccessDeniedException: 'accessDenied',
      ConflictException: 'conflict',
      InternalServerException: 'failure',
      ResourceNotFoundException: 'notFound',
      ServiceQuotaExceededException: 'quotaExceeded',
      ThrottlingException: 'throttled',
      ValidationException: 'invalidInput',
    },
  },
  settings,
);
