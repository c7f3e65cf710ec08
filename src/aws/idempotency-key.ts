/** One form of idempotency keys for every operation, so that clients can make them in one way. */
import type { InputIssue } from '../errors.ts';
import { issuesOf } from './input.ts';
import { ClientRequestToken } from './models/rekognition.ts';
import { structure } from './models/shapes.ts';

/** Rekognition's token is the only one that AWS has among these operations, so its form is the form of all. */
const keyed = structure({ ClientRequestToken: ClientRequestToken.optional() });

/** What is wrong with a key for an operation whose request has no place for it. */
export function idempotencyKeyIssues(key: string | null | undefined): InputIssue[] {
  return issuesOf(keyed, { ClientRequestToken: key ?? undefined });
}
