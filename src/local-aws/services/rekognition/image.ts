/**
 * The faces that local AWS takes an image to have. Nothing is recognised: what they are follows from the image's bytes,
 * or from the place of an object of S3, which nobody fetches.
 */
import { hash } from 'node:crypto';
import type { Image } from '@aws-sdk/client-rekognition';
import type { Checked } from '../wire.ts';
import { imageDimensions, invalidImageFormat, invalidParameters, noImage } from './exceptions.ts';
import { imageSize } from './image-size.ts';

/** A face in an image. */
export interface DetectedFace {
  /** Stands for the person: equal for faces of the same one. */
  readonly person: string;
  /** Stands for the image that the face is in. */
  readonly imageId: string;
  /** Its place among the image's faces, from the largest. */
  readonly index: number;
}

const MIN_SIDE = 80;
const MAX_SIDE = 10_000;
const MAX_FACES = 100;

/** @throws AwsException for what Rekognition takes for no image. */
export function facesIn({ Bytes, S3Object }: Checked<Image>): DetectedFace[] {
  if (Bytes && S3Object) throw invalidParameters();
  if (Bytes) return facesInBytes(Buffer.from(Bytes));
  if (S3Object?.Bucket === undefined || S3Object.Name === undefined) throw noImage();
  const { Bucket, Name, Version = '' } = S3Object;
  const folder = Name.slice(0, Name.lastIndexOf('/') + 1) || Name;
  return [
    { person: digest('s3', Bucket, folder), imageId: uuidOf(digest('s3', Bucket, Name, Version)), index: 0 },
  ];
}

/** An image has as many faces as it is wider than high, and none when it is twice as high as wide. */
function facesInBytes(bytes: Buffer): DetectedFace[] {
  const size = imageSize(bytes);
  if (!size) throw invalidImageFormat();
  const { width, height } = size;
  if (Math.max(width, height) > MAX_SIDE) throw imageDimensions(width, height, MAX_SIDE);
  if (Math.min(width, height) < MIN_SIDE) throw invalidParameters();
  const count = height >= 2 * width ? 0 : Math.min(MAX_FACES, Math.max(1, Math.floor(width / height)));
  const image = hash('sha256', bytes);
  return Array.from({ length: count }, (_, index) => ({
    person: digest('bytes', image, String(index)),
    imageId: uuidOf(image),
    index,
  }));
}

/**
 * How alike two faces are, from 0 to 100: the same face of the same image all but fully, the same person's in another image
 * from 90, anybody else's less than 60.
 */
export function similarity(
  a: Pick<DetectedFace, 'person' | 'imageId'>,
  b: Pick<DetectedFace, 'person' | 'imageId'>,
): number {
  if (a.person !== b.person) return 60 * fraction(...[a.person, b.person].toSorted());
  return a.imageId === b.imageId
    ? 99.99999237060547
    : 90 + 9 * fraction(...[a.imageId, b.imageId].toSorted());
}

/** A number from 0 up to 1 that only these texts decide. */
export function fraction(...texts: readonly string[]): number {
  return Number.parseInt(digest(...texts).slice(0, 8), 16) / 2 ** 32;
}

function digest(...texts: readonly string[]): string {
  return hash('sha256', JSON.stringify(texts));
}

/** An id in the form of a UUID that is made of a name, as Rekognition's ids of images seem to be. */
function uuidOf(hex: string): string {
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
