/** Amazon Rekognition as this gateway uses it, and what its exceptions mean. */
import { awsService } from '../../adapter/service.ts';
import { awsQuotas } from '../../aws/models/quotas.ts';
import model from '../../aws/models/rekognition.json' with { type: 'json' };

export const rekognition = awsService({
  provider: 'rekognition',
  name: 'Amazon Rekognition',
  model,
  quotas: awsQuotas.rekognition,
  parallelLookUps: 5,
  // All but ListCollections and CreateCollection.
  iamResources: {
    'arn:{partition}:rekognition:{region}:{account}:collection/{collectionId}': [
      'AssociateFaces',
      'CreateUser',
      'DeleteCollection',
      'DeleteFaces',
      'DeleteUser',
      'DescribeCollection',
      'DisassociateFaces',
      'IndexFaces',
      'ListFaces',
      'ListTagsForResource',
      'ListUsers',
      'SearchFaces',
      'SearchFacesByImage',
      'SearchUsers',
      'SearchUsersByImage',
      'TagResource',
      'UntagResource',
    ],
  },
  exceptions: {
    AccessDeniedException: 'accessDenied',
    ConflictException: 'conflict',
    IdempotentParameterMismatchException: 'idempotencyMismatch',
    ImageTooLargeException: 'invalidInput',
    InternalServerError: 'failure',
    InvalidImageFormatException: 'invalidInput',
    InvalidPaginationTokenException: 'invalidInput',
    InvalidParameterException: 'invalidInput',
    InvalidS3ObjectException: 'invalidInput',
    ProvisionedThroughputExceededException: 'throttled',
    ResourceAlreadyExistsException: 'conflict',
    ResourceNotFoundException: 'notFound',
    ServiceQuotaExceededException: 'quotaExceeded',
    ThrottlingException: 'throttled',
  },
});
