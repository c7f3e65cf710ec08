import type { IndexFacesRequest, IndexFacesResponse } from '@aws-sdk/client-rekognition';
import { implement } from '../service.ts';
import type { AwsJson, Checked } from '../wire.ts';
import { faceModelVersion } from './collection-arn.ts';
import { collectionNotFound } from './exceptions.ts';
import { faceDetail } from './face-detail.ts';
import { type DetectedFace, facesIn } from './image.ts';
import { newFace } from './new-face.ts';
import type { RekognitionState, StoredFace } from './state.ts';

export const IndexFaces = implement(
  (
    input: Checked<IndexFacesRequest>,
    { collections, faces }: Pick<RekognitionState, 'collections' | 'faces'>,
  ): AwsJson<IndexFacesResponse> => {
    const { CollectionId, ExternalImageId, MaxFaces } = input;
    if (!collections.find({ CollectionId })) throw collectionNotFound(CollectionId);
    const found = facesIn(input.Image);

    /** The same image under the same external id makes no second record. */
    function recordOf(face: DetectedFace): StoredFace {
      const { imageId: ImageId, index } = face;
      const known = faces.listWhere(
        `CollectionId = :CollectionId AND ImageId = :ImageId AND entity ->> 'index' = :index
          AND entity ->> 'ExternalImageId' = :ExternalImageId`,
        { CollectionId, ImageId, index, ExternalImageId: ExternalImageId ?? null },
        { after: 0, limit: 1 },
      ).entities[0];
      if (known) return known;
      const record = newFace(CollectionId, face, {
        faces: found.length,
        externalImageId: ExternalImageId,
      });
      faces.insert(record);
      return record;
    }

    return {
      FaceRecords: found.slice(0, MaxFaces).map(face => {
        const { FaceId, BoundingBox, ImageId, Confidence } = recordOf(face);
        const external = ExternalImageId !== undefined && { ExternalImageId };
        return {
          Face: { FaceId, BoundingBox, ImageId, ...external, Confidence },
          FaceDetail: faceDetail(face, found.length),
        };
      }),
      FaceModelVersion: faceModelVersion,
      UnindexedFaces: found.slice(MaxFaces ?? found.length).map(face => ({
        Reasons: ['EXCEEDS_MAX_FACES'],
        FaceDetail: faceDetail(face, found.length),
      })),
    };
  },
);
