/** How faces are looked for when the answer to their deletion was lost: AWS recognises no repeat. */
import { told } from '../../../adapter/answers.ts';
import type { Settling } from '../../../adapter/settling.ts';
import { type DeleteFaces, ListFaces } from './operations.ts';

/** Faces that are gone are deleted, whoever did it; those that users have are kept. */
export const deletedFaces: Settling<typeof DeleteFaces> = {
  async look(aws, { collectionId, faceIds }) {
    const { faces = [] } = await aws.call(ListFaces, {
      collectionId,
      faceIds,
      maxResults: ListFaces.maxPageSize,
    });
    const kept = new Map(faces.map(({ faceId, userId }) => [told(faceId, 'FaceId'), userId]));
    if (faces.some(({ userId }) => userId === undefined)) return { state: 'notMade' };
    return {
      state: 'made',
      answer: {
        deletedFaces: faceIds.filter(faceId => !kept.has(faceId)),
        unsuccessfulFaceDeletions: [...kept].map(([faceId, userId]) => ({
          faceId,
          ...(userId !== undefined && { userId }),
          reasons: ['ASSOCIATED_TO_AN_EXISTING_USER'] as const,
        })),
      },
    };
  },
};
