/** Images as callers give them: checked before they are sent, without being decoded. */
import type { InputOf } from '../../../adapter/request.ts';
import { type InputIssue, issueAt } from '../../../errors.ts';
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
