/** Amazon Rekognition as this gateway uses it, and what its exceptions mean. */
import { awsService } from '../../adapter/service.ts';
import { awsQuotas } from '../../aws/models/quotas.ts';
import model from '../../aws/models/rekognition.json' with { type: 'json' };

const collection = 'arn:{partition}:rekognition:{region}:{account}:collection/{collectionId}';

export const rekognition = awsService({
  provider: 'rekognition',
  name: 'Amazon Rekognition',
  model,
  quotas: awsQuotas.rekognition,
  parallelLookUps: 5,
  // All but ListCollections and CreateCollection.
  iamResources: {
    [collection]: [
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
  iamOfMembers: {
    // https://docs.aws.amazon.com/rekognition/latest/APIReference/API_CreateCollection.html
    Tags: { action: 'rekognition:TagResource', resources: [collection] },
    // https://docs.aws.amazon.com/rekognition/latest/APIReference/API_S3Object.html: it is read with the caller's rights.
    Image: { action: 's3:GetObject', resources: ['arn:{partition}:s3:::{bucket}/*'], onlyWith: 'bucket' },
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
