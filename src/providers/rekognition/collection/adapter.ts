/** Face collections. Every method throws ApiError when it is refused. */
import type { AwsService } from '../../../aws/service.ts';
import { DescribeCollection } from '../operations.ts';

export interface RekognitionCollection {
  readonly collectionId: string;
  readonly collectionArn: string | null;
  readonly faceModelVersion: string | null;
  readonly faceCount: number | null;
  readonly userCount: number | null;
  readonly creationTimestamp: Date | null;
}

export class RekognitionCollections {
  readonly #aws: AwsService;

  constructor(aws: AwsService) {
    this.#aws = aws;
  }

  async describe(collectionId: string): Promise<RekognitionCollection> {
    const collection = await this.#aws.call(
      DescribeCollection,
      { collectionId },
      { missing: missingCollection(collectionId) },
    );
    return {
      collectionId,
      collectionArn: collection.CollectionARN ?? null,
      faceModelVersion: collection.FaceModelVersion ?? null,
      faceCount: collection.FaceCount ?? null,
      userCount: collection.UserCount ?? null,
      creationTimestamp: collection.CreationTimestamp ?? null,
    };
  }
}

/** What a not-found answer means to operations on a collection. */
export function missingCollection(collectionId: string) {
  return {
    resourceType: 'COLLECTION',
    resourceId: collectionId,
    message: `There is no collection "${collectionId}".`,
  } as const;
}
