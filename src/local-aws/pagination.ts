import { hash } from 'node:crypto';
import type { AwsException } from './exception.ts';
import type { Call } from './services/service.ts';
import type { Range, Slice } from './table.ts';

interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * One page of a list. A token is opaque to clients and holds where the page starts and a fingerprint of the
 * operation and its other parameters, so a token of another list is refused; MaxResults may change.
 */
export function paginate<Entity>(
  call: Call,
  request: PageRequest,
  defaultSize: number,
  invalidToken: () => AwsException,
  list: (range: Range) => Slice<Entity>,
): { entities: Entity[]; nextToken: { NextToken?: string } } {
  const { MaxResults, NextToken, ...parameters } = request;
  const fingerprint = hash('sha1', JSON.stringify([call.operation, parameters]), 'base64url').slice(0, 12);
  const after = NextToken === undefined ? 0 : readToken(NextToken, fingerprint);
  if (after === undefined) throw invalidToken();
  const { entities, next } = list({ after, limit: MaxResults || defaultSize });
  return { entities, nextToken: next === undefined ? {} : { NextToken: writeToken(next, fingerprint) } };
}

function writeToken(after: number, fingerprint: string): string {
  return Buffer.from(`${fingerprint}${after}`).toString('base64url');
}

function readToken(token: string, fingerprint: string): number | undefined {
  const text = Buffer.from(token, 'base64url').toString();
  const after = Number(text.slice(fingerprint.length));
  return Number.isSafeInteger(after) && after > 0 && writeToken(after, fingerprint) === token
    ? after
    : undefined;
}
