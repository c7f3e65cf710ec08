/** What became of faces that a change was asked for: AWS tells it of each. */
import { type ApiError, ConflictError, NotFoundError, ProviderFailureError } from '../../../errors.ts';
import type { SuccessBuilder } from '../../../schema/operation/result.ts';
import type { FaceChanges, RekognitionFaceKey, Unchanged } from './adapter.ts';

/** A face that was changed. */
export type ChangedFace = RekognitionFaceKey;

interface AskedFaces {
  readonly collectionId: string;
  readonly faceIds: readonly string[];
}

/**
 * The outcome of each face, in the order asked.
 *
 * @param tellsAll Whether AWS names every face that it was asked to change; otherwise, what it does not name was so before.
 */
export function faceOutcomes(
  { collectionId, faceIds }: AskedFaces,
  { changed, unchanged }: FaceChanges,
  tellsAll = false,
): readonly (ChangedFace | ApiError)[] {
  const failed = new Map(unchanged.map(each => [each.faceId, failureOf(each, collectionId)]));
  const named = new Set(changed);
  return faceIds.map(
    faceId =>
      failed.get(faceId) ??
      (named.has(faceId) || !tellsAll ? { collectionId, faceId } : new ProviderFailureError(untold)),
  );
}

const untold = {
  message: 'AWS did not tell what became of the face.',
  retryable: true,
  outcomeUnknown: true,
};

function failureOf({ faceId, userId, confidence, reasons = [] }: Unchanged, collectionId: string): ApiError {
  const [reason] = reasons;
  switch (reason) {
    case 'FACE_NOT_FOUND':
      return new NotFoundError({
        resourceType: 'FACE',
        resourceId: faceId,
        message: `There is no face "${faceId}" in the collection "${collectionId}".`,
      });
    case 'LOW_MATCH_CONFIDENCE': {
      const how = confidence === undefined ? '' : `, by ${confidence.toFixed(1)}%`;
      return new ConflictError({
        reason,
        message: `The face "${faceId}" is too little like the faces of the user${how}.`,
      });
    }
    case 'ASSOCIATED_TO_A_DIFFERENT_USER':
    case 'ASSOCIATED_TO_AN_EXISTING_USER': {
      const whose = userId === undefined ? 'a user' : `the user "${userId}"`;
      return new ConflictError({
        reason: 'ASSOCIATED_TO_A_USER',
        message: `The face "${faceId}" is associated with ${whose}.`,
      });
    }
    default: {
      const why = reason === undefined ? '' : `: ${reason}`;
      return new ProviderFailureError({
        message: `AWS did not change the face "${faceId}", for a reason that this gateway does not know${why}.`,
        retryable: false,
      });
    }
  }
}

/** The fields of the success of one face. */
export const faceFields = (t: SuccessBuilder<ChangedFace>) => ({
  collectionId: t.exposeString('collectionId', {
    nullable: false,
    description: 'The collection of the face.',
  }),
  faceId: t.exposeString('faceId', { nullable: false, description: 'The id that AWS gave to the face.' }),
});
