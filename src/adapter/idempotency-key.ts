/** One form of idempotency keys for every operation that has no place for one, so that clients make them in one way. */
import { hash } from 'node:crypto';
import { type ServiceModel, type ShapeModel, shapeModel } from '../aws/models/model.ts';
import rekognition from '../aws/models/rekognition.json' with { type: 'json' };
import { shapeOf } from '../aws/models/shapes.ts';
import type { InputIssue } from '../errors.ts';
import { issuesOf } from './issues.ts';
import type { AwsOperation } from './operation.ts';
import { requirementOf } from './pattern-words.ts';

const KEY = 'ClientRequestToken';

/** What is wrong with a key for an operation whose request has no place for it: the form is Rekognition's. */
export function idempotencyKeyIssues(key: string): InputIssue[] {
  return issuesOf(shapeOf(rekognition, KEY), key, [KEY]);
}

/**
 * The token that AWS gets for a caller's key, the same in each process. AWS tells the tokens of an account apart by their texts alone: with the
 * keys as they are, callers who choose the same would be told what came of each other's requests.
 *
 * @param operation AWS's name of it.
 */
export function tokenOf(caller: string, operation: string, key: string): string {
  return hash('sha256', JSON.stringify([caller, operation, key]), 'base64url');
}

/** What keys for these operations look like: "1 to 64 letters and digits". */
export function idempotencyKeyForm(operations: readonly AwsOperation[]): string {
  return [...new Set(operations.map(operation => formFor(operation)))].join(', and ');
}

/** What keys look like where AWS is not sent any. */
export function ownKeyForm(): string {
  return formOf(rekognition, KEY);
}

function formFor({ service, request, keyMember }: AwsOperation): string {
  if (keyMember === undefined) return ownKeyForm();
  return formOf(service.model, request.members?.[keyMember]?.shape ?? '');
}

function formOf(model: ServiceModel, name: string): string {
  const { min = 0, max, pattern }: ShapeModel = shapeModel(model, name);
  const [, characters = 'characters'] = /^may contain only (.*)$/.exec(requirementOf(pattern ?? '')) ?? [];
  return `${max === undefined ? `${min} or more` : `${min} to ${max}`} ${characters}`;
}
