/** The faces of face collections at AWS. Every method throws ApiError when it is refused. */
import { keyed, told } from '../../../adapter/answers.ts';
import type { ListPage } from '../../../adapter/list-page.ts';
import { type KeyOf, NativeKey } from '../../../adapter/native-key.ts';
import { type InputOf, inputRefusal, type OutputOf } from '../../../adapter/request.ts';
import type { AwsSession } from '../../../adapter/session.ts';
import type { InvalidInputError } from '../../../errors.ts';
import { missingCollection } from '../collection/adapter.ts';
import { rekognition } from '../service.ts';
import { missingUser } from '../user/words.ts';
import { formatIssues, imageWords } from './image.ts';
import { AssociateFaces, DeleteFaces, DisassociateFaces, IndexFaces, ListFaces } from './operations.ts';
import { deletedFaces } from './settling.ts';

/** Ids of faces are unique everywhere, but AWS finds them in their collections only. */
export const faceKey = new NativeKey('collectionId', 'faceId');

export type RekognitionFaceKey = KeyOf<typeof faceKey>;

type ListedFace = NonNullable<OutputOf<typeof ListFaces>['faces']>[number];

export type RekognitionFace = RekognitionFaceKey & ListedFace;

export type IndexedFaces = OutputOf<typeof IndexFaces>;

/** What AWS says of some faces that a change was asked for. */
export interface FaceChanges {
  /** The faces that were changed, by their ids. */
  readonly changed: readonly string[];
  /** Those that were not, each with the reasons. */
  readonly unchanged: readonly Unchanged[];
}

export interface Unchanged {
  readonly faceId: string;
  readonly userId?: string | undefined;
  readonly confidence?: number | undefined;
  readonly reasons?: readonly string[] | undefined;
}

/** As AWS's model has it. */
type Untold = Omit<Unchanged, 'faceId'> & { readonly faceId?: string | undefined };

export class RekognitionFaces {
  readonly #aws: AwsSession;

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  index(input: InputOf<typeof IndexFaces>) {
    const { collectionId, image } = input;
    return this.#aws.call(
      IndexFaces,
      input,
      {
        missing: missingCollection(collectionId),
        issues: formatIssues(image),
        words: imageWords(image),
        reread: rereadIn(collectionId),
      },
      ({ faceRecords = [], unindexedFaces = [], faceModelVersion }) => ({
        records: faceRecords.map(({ face, faceDetail }) => ({
          face: faceOf(collectionId, { ...told(face, 'Face'), indexFacesModelVersion: faceModelVersion }),
          faceDetail,
        })),
        unindexedFaces,
      }),
    );
  }

  list(input: InputOf<typeof ListFaces>): Promise<ListPage<RekognitionFace>> {
    const { collectionId, userId } = input;
    const missing = userId == null ? missingCollection(collectionId) : missingUser(collectionId, userId);
    return this.#aws.call(ListFaces, input, { missing }, ({ faces: listed = [], nextToken }) => ({
      items: listed.map(face => faceOf(collectionId, face)),
      nextToken,
    }));
  }

  delete(input: InputOf<typeof DeleteFaces>): Promise<FaceChanges> {
    const missing = missingCollection(input.collectionId);
    return this.#aws.call(DeleteFaces, input, { missing, settling: deletedFaces }, answer => ({
      changed: answer.deletedFaces ?? [],
      unchanged: unchangedOf(answer.unsuccessfulFaceDeletions),
    }));
  }

  associate(input: InputOf<typeof AssociateFaces>) {
    return this.#aws.call(AssociateFaces, input, ofUser(input), answer => ({
      changed: changedOf(answer.associatedFaces),
      unchanged: unchangedOf(answer.unsuccessfulFaceAssociations),
      userStatus: answer.userStatus,
    }));
  }

  disassociate(input: InputOf<typeof DisassociateFaces>) {
    return this.#aws.call(DisassociateFaces, input, ofUser(input), answer => ({
      changed: changedOf(answer.disassociatedFaces),
      unchanged: unchangedOf(answer.unsuccessfulFaceDisassociations),
      userStatus: answer.userStatus,
    }));
  }

  /** The error for a key that AWS would refuse. */
  refusalOf({ collectionId, faceId }: RekognitionFaceKey): InvalidInputError | undefined {
    return inputRefusal(DeleteFaces, { collectionId, faceIds: [faceId] });
  }
}

export const faces = rekognition.entity(RekognitionFaces);

/** A face that AWS tells of, in its collection. */
export function faceOf(collectionId: string, face: ListedFace): RekognitionFace {
  return keyed(faceKey, { ...face, collectionId, faceId: told(face.faceId, 'FaceId') });
}

/** The faces of a collection as they are at present, for those that were indexed before. */
function rereadIn(collectionId: string) {
  return async (aws: AwsSession, { faceRecords = [], ...answer }: IndexedFaces): Promise<IndexedFaces> => {
    const faceIds = faceRecords.map(({ face }) => told(face?.faceId, 'FaceId'));
    if (faceIds.length === 0) return answer;
    const { faces: listed = [] } = await aws.call(ListFaces, { collectionId, faceIds });
    const byId = new Map(listed.map(face => [face.faceId, face]));
    // What is gone again is told by its id.
    return {
      ...answer,
      faceRecords: faceRecords.map(({ face }) => ({ face: byId.get(face?.faceId) ?? face })),
    };
  };
}

function ofUser({ collectionId, userId }: { readonly collectionId: string; readonly userId: string }) {
  return {
    missing: missingUser(collectionId, userId),
    conflict: {
      reason: 'CONCURRENT_MODIFICATION',
      message: `The faces of the user "${userId}" are being changed by somebody else.`,
    },
  } as const;
}

function idOf(faceId: string | undefined): string {
  return keyed(new NativeKey('faceId'), { faceId: told(faceId, 'FaceId') }).faceId;
}

function changedOf(changed: readonly { readonly faceId?: string | undefined }[] = []): readonly string[] {
  return changed.map(({ faceId }) => idOf(faceId));
}

function unchangedOf(unchanged: readonly Untold[] = []): readonly Unchanged[] {
  return unchanged.map(each => ({ ...each, faceId: idOf(each.faceId) }));
}
