import { builder } from '../../../schema/builder.ts';

const RekognitionS3ObjectInput = builder.inputType('RekognitionS3ObjectInput', {
  description:
    'An image in Amazon S3, which Rekognition fetches with the rights of this gateway, in the same region.',
  fields: t => ({
    bucket: t.string({ required: true, description: 'The name of the bucket.' }),
    name: t.string({ required: true, description: 'The key of the object.' }),
    version: t.string({
      description: 'Its version, in a bucket that keeps versions; the newest without it.',
    }),
  }),
});

/** An image, given in one of several ways. */
export const RekognitionImageInput = builder.inputType('RekognitionImageInput', {
  description:
    'A JPEG or PNG image of at least 80 pixels a side, given in exactly one of these ways. The gateway keeps no image.',
  isOneOf: true,
  fields: t => ({
    bytes: t.field({
      type: 'Base64',
      description:
        'The image itself; at most 5 MiB before the encoding, and at most what the body of a request may have: some 780 kB unless the ' +
        "gateway's `MAX_BODY_BYTES` is raised.",
    }),
    upload: t.field({
      type: 'Upload',
      description: 'The image itself, as a file that comes with the request; at most 5 MiB.',
    }),
    s3Object: t.field({
      type: RekognitionS3ObjectInput,
      description: 'Where Amazon S3 has it; at most 15 MB.',
    }),
  }),
});

export const RekognitionQualityFilter = builder.enumType('RekognitionQualityFilter', {
  description: 'How good a face has to look to be taken.',
  values: {
    NONE: { description: 'Every face is taken.' },
    AUTO: { description: 'AWS decides.' },
    LOW: { description: 'Faces of low quality are left out.' },
    MEDIUM: { description: 'Faces of low and of medium quality are left out.' },
    HIGH: { description: 'Only faces of high quality are taken.' },
  },
});

export const RekognitionFaceAttribute = builder.enumType('RekognitionFaceAttribute', {
  description: 'What may be asked of faces beside what AWS always tells.',
  values: {
    DEFAULT: { description: 'What AWS always tells.' },
    ALL: { description: 'All there is.' },
    AGE_RANGE: { description: 'How old the person looks.' },
    BEARD: { description: 'Whether there is a beard.' },
    EMOTIONS: { description: 'What the face seems to show.' },
    EYE_DIRECTION: { description: 'Where the eyes look.' },
    EYEGLASSES: { description: 'Whether there are eye glasses.' },
    EYES_OPEN: { description: 'Whether the eyes are open.' },
    GENDER: { description: 'What gender the face looks like.' },
    MOUTH_OPEN: { description: 'Whether the mouth is open.' },
    MUSTACHE: { description: 'Whether there is a mustache.' },
    FACE_OCCLUDED: { description: 'Whether something covers a part of the face.' },
    SMILE: { description: 'Whether the face smiles.' },
    SUNGLASSES: { description: 'Whether there are sunglasses.' },
  },
});
