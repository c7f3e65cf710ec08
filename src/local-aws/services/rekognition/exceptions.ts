import { AwsException } from '../../exception.ts';

export function collectionNotFound(collectionId: string): AwsException {
  return new AwsException('ResourceNotFoundException', `The collection id: ${collectionId} does not exist`);
}

/** DescribeCollection words it in its own way. */
export function describedCollectionNotFound(collectionId: string): AwsException {
  return new AwsException('ResourceNotFoundException', `Collection:${collectionId} not found!`);
}

export function collectionTaken(collectionId: string): AwsException {
  return new AwsException(
    'ResourceAlreadyExistsException',
    `The collection id: ${collectionId} already exists.`,
  );
}

export function userNotFound(userId: string): AwsException {
  return new AwsException('ResourceNotFoundException', `The user id: ${userId} does not exist`);
}

export function userTaken(userId: string): AwsException {
  return new AwsException('ConflictException', `The user id: ${userId} already exists`);
}

export function resourceNotFound(arn: string): AwsException {
  return new AwsException('ResourceNotFoundException', `The resource: ${arn} does not exist`);
}

export function invalidParameters(): AwsException {
  return new AwsException('InvalidParameterException', 'Request has invalid parameters');
}

export function invalidPaginationToken(): AwsException {
  return new AwsException('InvalidPaginationTokenException', 'Invalid Pagination Token');
}

export function throttled(): AwsException {
  return new AwsException('ThrottlingException', 'Service Unavailable');
}

/** Rekognition tells the quota apart from a sudden spike, which is the other. */
export function overQuota(): AwsException {
  return new AwsException('ProvisionedThroughputExceededException', 'Provisioned rate exceeded');
}

export function noImage(): AwsException {
  return new AwsException(
    'InvalidParameterException',
    'Requested image should either contain bytes or s3 object.',
  );
}

export function invalidImageFormat(): AwsException {
  return new AwsException('InvalidImageFormatException', 'Request has invalid image format');
}

export function imageDimensions(width: number, height: number, maximum: number): AwsException {
  return new AwsException(
    'ImageTooLargeException',
    `Input image dimensions ${width} x ${height} exceed maximum dimension size of ${maximum} pixels`,
  );
}

export function noFaces(): AwsException {
  return new AwsException(
    'InvalidParameterException',
    'There are no faces in the image. Should be at least 1.',
  );
}

export function faceNotFound(): AwsException {
  return new AwsException('InvalidParameterException', 'faceId was not found in the collection.');
}

export function tooManyFaces(userId: string): AwsException {
  return new AwsException(
    'ServiceQuotaExceededException',
    `The user id: ${userId} can have no more than 100 faces`,
  );
}
