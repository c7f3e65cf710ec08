/** Amazon Chime SDK Identity as this gateway uses it, and what its exceptions mean. */
import { awsService } from '../../adapter/service.ts';
import model from '../../aws/models/chime-sdk-identity.json' with { type: 'json' };
import { awsQuotas } from '../../aws/models/quotas.ts';

export const chimeSdkIdentity = awsService({
  provider: 'chime-sdk-identity',
  name: 'Amazon Chime SDK Identity',
  model,
  quotas: awsQuotas.chimeSdkIdentity,
  // One request takes at most half of what AWS allows in a second.
  parallelLookUps: 10,
  // As other services of AWS have it: the reference does not say what tags of a create ask for.
  iamOfMembers: { Tags: { action: 'chime:TagResource', resources: [] } },
  exceptions: {
    BadRequestException: 'invalidInput',
    ConflictException: 'conflict',
    // No operation has an exception for what does not exist. Clients have met this one, for users:
    // https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_identity-chime_DescribeAppInstanceUser.html
    ForbiddenException: 'missingOrDenied',
    // No model lists it, and other services of Chime answer with it.
    NotFoundException: 'notFound',
    ResourceLimitExceededException: 'quotaExceeded',
    ServiceFailureException: 'failure',
    ServiceUnavailableException: 'failure',
    ThrottledClientException: 'throttled',
    UnauthorizedClientException: 'accessDenied',
  },
});
