/** Face collections at AWS. Every method throws ApiError when it is refused. */
import { keyed } from '../../../adapter/answers.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import type { InputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { rekognition } from '../service.ts';
import { DescribeCollection, ListCollections } from './operations.ts';

export const collectionKey = new NativeKey('collectionId');

export type RekognitionCollectionKey = KeyOf<typeof collectionKey>;

export interface RekognitionCollection extends RekognitionCollectionKey {
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

  async describe({ collectionId }: RekognitionCollectionKey): Promise<RekognitionCollection> {
    const missing = missingCollection(collectionId);
    const { collectionARN, ...described } = await this.#aws.call(
      DescribeCollection,
      { collectionId },
      { missing },
    );
    return { ...described, collectionId, collectionArn: collectionARN };
  }

  /** The collections with no more than AWS lists: their ids, and the versions of their face models. */
  list(input: InputOf<typeof ListCollections>): Promise<ListPage<RekognitionCollection>> {
    return this.#aws.call(
      ListCollections,
      input,
      {},
      ({ collectionIds = [], faceModelVersions = [], nextToken }) => ({
        items: collectionIds.map((collectionId, index) =>
          keyed(collectionKey, { collectionId, faceModelVersion: faceModelVersions[index] }),
        ),
        nextToken,
      }),
    );
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
