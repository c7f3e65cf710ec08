/** Amazon Rekognition as this gateway uses it, and what its exceptions mean. */
import { awsService } from '../../adapter/service.ts';
import model from '../../aws/models/rekognition.json' with { type: 'json' };

export const rekognition = awsService({
  provider: 'rekognition',
  name: 'Amazon Rekognition',
  model,
  // AWS allows 5 requests a second of each operation on users and collections.
  parallelLookUps: 5,
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
