/** Face collections at AWS. Every method throws ApiError when it is refused. */
import type { AwsSession } from '../../../adapter/session.ts';
import { rekognition } from '../service.ts';
import { DescribeCollection } from './operations.ts';

export interface RekognitionCollection {
  readonly collectionId: string;
  readonly collectionArn?: string | undefined;
  readonly faceModelVersion?: string | undefined;
  readonly faceCount?: number | undefined;
  readonly userCount?: number | undefined;
  readonly creationTimestamp?: Date | undefined;
}

export class RekognitionCollections {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  async describe(collectionId: string): Promise<RekognitionCollection> {
    const missing = missingCollection(collectionId);
    const { collectionARN, ...described } = await this.#aws.call(
      DescribeCollection,
      { collectionId },
      { missing },
    );
    return { ...described, collectionId, collectionArn: collectionARN };
  }
}

export const collections = rekognition.entity(RekognitionCollections);

/** What a not-found answer means to operations on a collection. */
export function missingCollection(collectionId: string) {
  return {
    resourceType: 'COLLECTION',
    resourceId: collectionId,
    message: `There is no collection "${collectionId}".`,
  } as const;
}
