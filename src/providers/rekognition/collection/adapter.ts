/** Face collections at AWS. Every method throws ApiError when it is refused. */
import { keyed, told } from '../../../adapter/answers.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import type { AwsOperation } from '../../../adapter/operation.ts';
import { type InputOf, inputRefusal } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import { invalidInput } from '../../../errors.ts';
import { rekognition } from '../service.ts';
import {
  CreateCollection,
  DeleteCollection,
  DescribeCollection,
  ListCollections,
  ListTagsForResource,
  TagResource,
  UntagResource,
} from './operations.ts';
import { createdCollection, deletedCollection } from './settling.ts';

export const collectionKey = new NativeKey('collectionId');

export type RekognitionCollectionKey = KeyOf<typeof collectionKey>;

export interface RekognitionCollection extends RekognitionCollectionKey {
  readonly collectionArn?: string | undefined;
  readonly faceModelVersion?: string | undefined;
  readonly faceCount?: number | undefined;
  readonly userCount?: number | undefined;
  readonly creationTimestamp?: Date | undefined;
}

/** What is said of a resource, with a collection in its place. */
type OfCollection<Operation> = Omit<InputOf<Operation>, 'resourceArn'> & RekognitionCollectionKey;

/** By their keys. */
export type RekognitionTags = Readonly<Record<string, string>>;

/** Stands for the ARN while the rest of an input is checked. */
const anyArn = 'arn:aws:rekognition:us-east-1:000000000000:collection/any';

export class RekognitionCollections {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  async create(input: InputOf<typeof CreateCollection>): Promise<RekognitionCollection> {
    const { collectionId } = input;
    const conflict = {
      reason: 'ALREADY_EXISTS',
      message: `There is already a collection "${collectionId}" in this region.`,
    } as const;
    // The ARN of this answer lacks its beginning: DescribeCollection has the whole.
    const { faceModelVersion } = await this.#aws.call(CreateCollection, input, {
      conflict,
      settling: createdCollection,
      reread: aws =>
        aws.call(DescribeCollection, { collectionId }, { missing: missingCollection(collectionId) }),
    });
    return { collectionId, faceModelVersion };
  }

  async delete(input: InputOf<typeof DeleteCollection>): Promise<RekognitionCollectionKey> {
    const { collectionId } = input;
    const missing = missingCollection(collectionId);
    await this.#aws.call(DeleteCollection, input, { missing, settling: deletedCollection });
    return { collectionId };
  }

  /** Adds tags, and overwrites those with the same keys. */
  tag(input: OfCollection<typeof TagResource>): Promise<RekognitionCollectionKey> {
    return this.#ofResource(TagResource, input);
  }

  /** Takes tags away by their keys; those that are not there do not matter. */
  untag(input: OfCollection<typeof UntagResource>): Promise<RekognitionCollectionKey> {
    return this.#ofResource(UntagResource, input);
  }

  async tags({ collectionId, collectionArn }: RekognitionCollection): Promise<RekognitionTags> {
    const resourceArn = told(collectionArn, 'CollectionARN');
    const missing = missingCollection(collectionId);
    return this.#aws.call(ListTagsForResource, { resourceArn }, { missing }, ({ tags = {} }) => tags);
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

  /** AWS tags resources by their ARNs, which hold its account's number: the collection has to be asked for its own. */
  async #ofResource<Request extends object>(
    operation: AwsOperation<Request>,
    { collectionId, ...change }: RekognitionCollectionKey,
  ): Promise<RekognitionCollectionKey> {
    const inputWith = (resourceArn: string) =>
      ({ ...change, resourceArn }) as unknown as InputOf<typeof operation>;
    const refusals = [
      inputRefusal(DescribeCollection, { collectionId }),
      inputRefusal(operation, inputWith(anyArn)),
    ];
    const issues = refusals.flatMap(refusal => refusal?.issues ?? []);
    const others = refusals.reduce((sum, refusal) => sum + (refusal?.others ?? 0), 0);
    if (issues.length > 0) throw invalidInput(issues, others);
    const missing = missingCollection(collectionId);
    const { collectionARN } = await this.#aws.call(
      DescribeCollection,
      { collectionId },
      { missing, beforeChange: true },
    );
    await this.#aws.call(operation, inputWith(told(collectionARN, 'CollectionARN')), { missing });
    return { collectionId };
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
