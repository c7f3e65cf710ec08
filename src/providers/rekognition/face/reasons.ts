import { builder } from '../../../schema/builder.ts';

/** Why a face of an image was not taken. */
export const RekognitionFaceReason = builder.enumType('RekognitionFaceReason', {
  description: 'Why a face of an image was left out.',
  values: {
    FACE_NOT_LARGEST: { description: 'Searches take the largest face alone.' },
    EXCEEDS_MAX_FACES: { description: 'There are more faces than were asked for.' },
    EXTREME_POSE: { description: 'It is turned too far away.' },
    LOW_BRIGHTNESS: { description: 'It is too dark.' },
    LOW_SHARPNESS: { description: 'It is too blurred.' },
    LOW_CONFIDENCE: { description: 'It may be no face.' },
    SMALL_BOUNDING_BOX: { description: 'It is too small.' },
    LOW_FACE_QUALITY: { description: 'Its image is not good enough.' },
  },
});
