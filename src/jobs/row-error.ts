/** Errors of rows, as they are kept: what the schema shows of them. */
import type { ApiError, InputIssue } from '../errors.ts';
import { storable } from '../json/storable.ts';

/** The facts of an ApiError, as they are kept; they hold ids and words of ours, and no profile. */
export interface RowError {
  readonly name: string;
  readonly message: string;
  readonly issues?: readonly InputIssue[];
  readonly [fact: string]: unknown;
}

/** What is kept of an error, which may name a member by a name that the database cannot keep. */
export function keptOf(error: ApiError): RowError {
  const facts = Object.entries(error).filter(([name]) => name !== 'cause');
  return storable({ ...Object.fromEntries(facts), name: error.name, message: error.message });
}

/** The error again, for who shows its facts. */
export function errorOf(kept: unknown): ApiError {
  return kept as ApiError;
}
