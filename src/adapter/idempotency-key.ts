/** One form of idempotency keys for every operation, so that clients can make them in one way. */
import rekognition from '../aws/models/rekognition.json' with { type: 'json' };
import { shapeOf } from '../aws/models/shapes.ts';
import type { InputIssue } from '../errors.ts';
import { issuesOf } from './issues.ts';

/** What is wrong with a key for an operation whose request has no place for it: the form is Rekognition's. */
export function idempotencyKeyIssues(key: string): InputIssue[] {
  return issuesOf(shapeOf(rekognition, 'ClientRequestToken'), key, ['ClientRequestToken']);
}
