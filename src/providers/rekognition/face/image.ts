/** Images as callers give them: checked before they are sent, without being decoded. */
import type { InputOf } from '../../../adapter/request.ts';
import type { Explanation } from '../../../adapter/translation.ts';
import { type InputIssue, InvalidInputError, invalidInput, issueAt, movedInput } from '../../../errors.ts';
import type { Context } from '../../../schema/context.ts';
import type { IndexFaces } from './operations.ts';

/** An image of AWS's requests. */
export type Image = InputOf<typeof IndexFaces>['image'];

/** What formats begin with. */
const signatures = [Buffer.from('ffd8ff', 'hex'), Buffer.from('89504e470d0a1a0a', 'hex')];

/** What is wrong with the format of an image. One without bytes is told by AWS's model. */
export function formatIssues({ bytes }: Image): InputIssue[] {
  if (!bytes || bytes.byteLength === 0) return [];
  const known = signatures.some(signature => signature.equals(bytes.subarray(0, signature.length)));
  return known ? [] : [issueAt(['image', 'bytes'], 'must be a JPEG or PNG image')];
}

/** What it means when Rekognition refuses an image: its texts tell some of it, its names of exceptions the rest. */
export function imageWords({ bytes }: Image): Readonly<Record<string, readonly Explanation[]>> {
  const path = ['image', bytes ? 'bytes' : 's3Object'];
  return {
    ImageTooLargeException: [
      {
        path,
        message:
          'The image is too large for Amazon Rekognition, which takes 5 MiB, or 15 MB from Amazon S3, and 10,000 pixels a side.',
      },
    ],
    InvalidImageFormatException: [
      { path, message: 'Amazon Rekognition cannot read the image. It takes whole JPEG and PNG images.' },
    ],
    InvalidParameterException: [
      { text: /\bno faces in the image\b/i, path, message: 'Amazon Rekognition sees no face in the image.' },
      {
        path,
        message:
          'Amazon Rekognition refused the image. It takes images of at least 80 pixels a side, and tells no other reason.',
      },
    ],
    InvalidS3ObjectException: [
      {
        path,
        message:
          'Amazon Rekognition cannot fetch the image from Amazon S3. The object has to exist, in the same region, and the credentials of this gateway need the right to read it.',
      },
    ],
  };
}

/** An image as a caller gives it: in the request, as a file beside it, or in Amazon S3. */
export type GivenImage = Image & { readonly upload?: string | null | undefined };

/** Does something with an image as AWS takes it; what is wrong with it is told where the caller gave it. */
export async function withImage<Result>(
  { upload, ...image }: GivenImage,
  context: Context,
  act: (image: Image) => Promise<Result>,
): Promise<Result> {
  if (upload == null) return act(image);
  const bytes = context.upload(upload);
  if (!bytes) {
    throw invalidInput([issueAt(['image', 'upload'], 'must be a file that comes with the request')]);
  }
  try {
    return await act({ bytes });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw movedInput(error, [
      [
        ['image', 'bytes'],
        ['image', 'upload'],
      ],
    ]);
  }
}
