/** Faces of collections, as operations find and tell them. */
import type { Face, UserStatus } from '@aws-sdk/client-rekognition';
import type { AwsJson } from '../wire.ts';
import { faceModelVersion } from './collection-arn.ts';
import type { CollectionUser, RekognitionState, StoredFace } from './state.ts';

/** How long a user's faces take to change: AWS says a few seconds. */
const UPDATING_MS = 2_000;

/** More than a user or a request can have. */
const ALL = { after: 0, limit: Number.MAX_SAFE_INTEGER - 1 };

/** A face as lists and searches tell it, in numbers of fewer digits than when it was indexed. */
export function told(face: StoredFace): AwsJson<Face> {
  const { FaceId, ImageId, ExternalImageId, UserId } = face;
  const { Width, Height, Left, Top } = face.BoundingBox;
  return {
    FaceId,
    ImageId,
    ...(ExternalImageId !== undefined && { ExternalImageId }),
    ...(UserId !== undefined && { UserId }),
    BoundingBox: { Width: rounded(Width), Height: rounded(Height), Left: rounded(Left), Top: rounded(Top) },
    Confidence: Number(face.Confidence.toFixed(4)),
    IndexFacesModelVersion: faceModelVersion,
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(6));
}

/** The faces of a user. */
export function facesOf(
  { faces }: Pick<RekognitionState, 'faces'>,
  { CollectionId, UserId }: Pick<CollectionUser, 'CollectionId' | 'UserId'>,
): StoredFace[] {
  return faces.list({ CollectionId, UserId }, ALL).entities;
}

/** All faces of a collection. */
export function facesIn({ faces }: Pick<RekognitionState, 'faces'>, CollectionId: string): StoredFace[] {
  return faces.list({ CollectionId }, ALL).entities;
}

/** A user without faces is CREATED; one whose faces were changed is UPDATING for a while, and ACTIVE then. */
export function statusOf(state: Pick<RekognitionState, 'faces' | 'clock'>, user: CollectionUser): UserStatus {
  if (user.changedAt === undefined) return user.UserStatus ?? 'CREATED';
  if (state.clock().getTime() - user.changedAt < UPDATING_MS) return 'UPDATING';
  return state.faces.count(keyOf(user)) > 0 ? 'ACTIVE' : 'CREATED';
}

/** Ties faces to a user, or to nobody. */
export function tie(
  { faces }: Pick<RekognitionState, 'faces'>,
  tied: readonly StoredFace[],
  UserId: string | undefined,
): void {
  for (const face of tied) {
    const { UserId: _, ...loose } = face;
    faces.replace(
      { CollectionId: face.CollectionId, FaceId: face.FaceId },
      UserId === undefined ? loose : { ...loose, UserId },
    );
  }
}

/** Notes that a user's faces were changed, if they were. */
export function touch(
  { users, clock }: Pick<RekognitionState, 'users' | 'clock'>,
  user: CollectionUser,
  changed: boolean,
): CollectionUser {
  if (!changed) return user;
  const touched = { ...user, changedAt: clock().getTime() };
  users.replace(keyOf(user), touched);
  return touched;
}

function keyOf({ CollectionId, UserId }: CollectionUser) {
  return { CollectionId, UserId };
}
