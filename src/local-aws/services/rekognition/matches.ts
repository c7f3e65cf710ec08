/** What searches find: the most alike first, and nothing below the threshold. */
import type { FaceMatch, UserMatch } from '@aws-sdk/client-rekognition';
import type { AwsJson } from '../wire.ts';
import { facesIn, statusOf, told } from './faces.ts';
import { type DetectedFace, similarity } from './image.ts';
import type { RekognitionState, StoredFace } from './state.ts';

type Searched = Pick<DetectedFace, 'person' | 'imageId'>;

interface Search {
  /** A percentage; AWS takes 80 unless it is told another. */
  readonly threshold: number | undefined;
  readonly limit: number | undefined;
}

/** A stored face as a search looks for it. */
export function searched({ person, ImageId }: StoredFace): Searched {
  return { person, imageId: ImageId };
}

/** The faces of a collection that are like one. */
export function matchingFaces(
  state: Pick<RekognitionState, 'faces'>,
  CollectionId: string,
  face: Searched,
  { threshold = 80, limit }: Search,
): AwsJson<FaceMatch>[] {
  return facesIn(state, CollectionId)
    .map(each => ({ Similarity: similarity(face, searched(each)), Face: told(each) }))
    .filter(({ Similarity }) => Similarity >= threshold)
    .toSorted((a, b) => b.Similarity - a.Similarity)
    .slice(0, limit);
}

/** The users of a collection who have a face that is like one of these. */
export function matchingUsers(
  state: Pick<RekognitionState, 'faces' | 'users' | 'clock'>,
  CollectionId: string,
  faces: readonly Searched[],
  { threshold = 80, limit }: Search,
): (AwsJson<UserMatch> & { readonly User: { readonly UserId: string } })[] {
  const byUser = new Map<string, number>();
  for (const each of facesIn(state, CollectionId)) {
    if (each.UserId === undefined) continue;
    const best = Math.max(...faces.map(face => similarity(face, searched(each))));
    byUser.set(each.UserId, Math.max(best, byUser.get(each.UserId) ?? 0));
  }
  return [...byUser]
    .filter(([, Similarity]) => Similarity >= threshold)
    .toSorted(([, a], [, b]) => b - a)
    .flatMap(([UserId, Similarity]) => {
      const user = state.users.find({ CollectionId, UserId });
      return user ? [{ Similarity, User: { UserId, UserStatus: statusOf(state, user) } }] : [];
    })
    .slice(0, limit);
}
