import { randomUUID } from 'node:crypto';
import { boundingBox, confidence } from './face-detail.ts';
import type { DetectedFace } from './image.ts';
import type { StoredFace } from './state.ts';

/** What is known of a face beside the face itself. */
interface Circumstances {
  /** How many faces the image has. */
  readonly faces: number;
  readonly externalImageId: string | undefined;
  readonly faceId?: string;
}

/** A face that is new in a collection, of no user yet. */
export function newFace(
  CollectionId: string,
  face: DetectedFace,
  { faces, externalImageId, faceId = randomUUID() }: Circumstances,
): StoredFace {
  return {
    CollectionId,
    FaceId: faceId,
    ImageId: face.imageId,
    ...(externalImageId !== undefined && { ExternalImageId: externalImageId }),
    BoundingBox: boundingBox(face, faces),
    Confidence: confidence(face),
    person: face.person,
    index: face.index,
  };
}
