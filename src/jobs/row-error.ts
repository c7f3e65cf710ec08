/** Errors of rows, as they are kept: what the schema shows of them. */
import type { ApiError, InputIssue } from '../errors.ts';

/** The facts of an ApiError, as they are kept; they hold ids and words of ours, and no profile. */
export interface RowError {
  readonly name: ApiError['name'];
  readonly message: string;
  readonly issues?: readonly InputIssue[];
  readonly [fact: string]: unknown;
}

/** What is kept of an error. */
export function keptOf(error: ApiError): RowError {
  return { ...error, name: error.name as RowError['name'], message: error.message };
}

/** The error again, for who shows its facts. */
export function errorOf(kept: unknown): ApiError {
  return kept as ApiError;
}
