/** Amazon Chime as this gateway uses it, and what its exceptions mean. */
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
