/** Changes of any number of faces: AWS takes some at a time, and tells of each what became of it. */
import { createHash } from 'node:crypto';
import { type ApiError, ConflictError, NotFoundError, ProviderFailureError } from '../../../errors.ts';
import type { Context } from '../../../schema/context.ts';
import type { resultUnion, SuccessBuilder } from '../../../schema/operation/result.ts';
import type { FaceChanges, RekognitionFaceKey, Unchanged } from './adapter.ts';

/** A face that was changed. */
export type ChangedFace = RekognitionFaceKey;

type FaceOutcomes = ReturnType<typeof resultUnion<ChangedFace>>;

interface Batches {
  readonly outcome: FaceOutcomes;
  readonly collectionId: string;
  readonly faceIds: readonly string[];
  /** How many one call takes. */
  readonly size: number;
  /** Makes one call. What stands in neither of its lists was so before. */
  readonly change: (faceIds: readonly string[], key: string | undefined) => Promise<FaceChanges>;
  readonly idempotencyKey: string | null | undefined;
  /** Whether AWS names every face that it was asked to change. */
  readonly tellsAll?: boolean;
}

/**
 * The outcome of each face, in the order asked. Calls follow each other, as they would meet in what they change. What befalls the
 * first call befalls the mutation, since nothing was changed then.
 */
export async function changeFaces(
  { outcome, collectionId, faceIds, size, change, idempotencyKey, tellsAll = false }: Batches,
  context: Context,
) {
  async function run(batch: readonly string[], turn: number) {
    const { changed, unchanged } = await change(batch, keyOf(idempotencyKey, turn));
    const failed = new Map(unchanged.map(each => [each.faceId, failureOf(each, collectionId)]));
    const named = new Set(changed);
    return batch.map(
      faceId =>
        failed.get(faceId) ??
        (named.has(faceId) || !tellsAll ? { collectionId, faceId } : new ProviderFailureError(untold)),
    );
  }

  const unique = [...new Set(faceIds)];
  const first = run(unique.slice(0, size), 0);
  await first;
  let turn = 0;
  let last: Promise<unknown> = first;
  const outcomes = await outcome.settleTogether(
    size,
    batch => {
      const own = turn++;
      if (own === 0) return first;
      const next = last.then(() => run(batch, own));
      last = next.catch(() => undefined);
      return next;
    },
    unique,
    context,
  );
  const byFace = new Map(unique.map((faceId, at) => [faceId, outcomes[at]]));
  return faceIds.map(faceId => byFace.get(faceId) as (typeof outcomes)[number]);
}

const untold = {
  message: 'AWS did not tell what became of the face.',
  retryable: true,
  outcomeUnknown: true,
};

/** AWS takes a key for each call. */
function keyOf(key: string | null | undefined, turn: number): string | undefined {
  if (key == null) return undefined;
  return turn === 0 ? key : createHash('sha256').update(`${turn} ${key}`).digest('base64url');
}

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
export function faceFields(t: SuccessBuilder<ChangedFace>) {
  return {
    collectionId: t.exposeString('collectionId', {
      nullable: false,
      description: 'The collection of the face.',
    }),
    faceId: t.exposeString('faceId', { nullable: false, description: 'The id that AWS gave to the face.' }),
  };
}
