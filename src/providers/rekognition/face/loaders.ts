/** What one GraphQL request remembers of the faces of collections. */
import { type Found, found, lookUpAll, settled } from '../../../adapter/look-up.ts';
import {
  faceKey,
  faces,
  type RekognitionFace,
  type RekognitionFaceKey,
  type RekognitionFaces,
} from './adapter.ts';
import { ListFaces } from './operations.ts';

/** As many as AWS takes ids of, and gives in one page. */
const TOGETHER = ListFaces.maxPageSize;

/** Faces of one collection that are asked for together are looked for by one call. */
export const faceByKey = lookUpAll(
  faces,
  async (aws, keys: readonly RekognitionFaceKey[], limit): Promise<Found<RekognitionFace>[]> => {
    const refusals = new Map(keys.map(key => [key, aws.refusalOf(key)]));
    const wanted = Map.groupBy(
      keys.filter(key => !refusals.get(key)),
      ({ collectionId }) => collectionId,
    );
    const lists = new Map(
      [...wanted].map(([collectionId, ofCollection]) => [
        collectionId,
        limit(() => findFaces(aws, collectionId, [...new Set(ofCollection.map(({ faceId }) => faceId))])),
      ]),
    );
    return settled(
      keys.map(async key => {
        const refusal = refusals.get(key);
        if (refusal) throw refusal;
        return (await lists.get(key.collectionId))?.get(key.faceId) ?? null;
      }),
    );
  },
  faceKey,
);

async function findFaces(
  aws: RekognitionFaces,
  collectionId: string,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, RekognitionFace>> {
  const byId = new Map<string, RekognitionFace>();
  for (let at = 0; at < wanted.length; at += TOGETHER) {
    const faceIds = wanted.slice(at, at + TOGETHER);
    const page = await found(aws.list({ collectionId, faceIds, maxResults: TOGETHER }));
    for (const face of page?.items ?? []) byId.set(face.faceId, face);
  }
  return byId;
}
