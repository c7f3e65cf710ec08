import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OperationDefinitionNode } from 'graphql';
import type { ApiError } from '../errors.ts';

/** One HTTP request to the GraphQL endpoint, from its arrival to the answer; Yoga's server context. */
export interface Exchange {
  /** The caller's `x-request-id`, or one of ours. */
  readonly requestId: string;
  /** A reading of `performance.now()`. */
  readonly startedAt: number;
  /** What is executed; absent until then, and for good if the request is refused before. */
  operation?: OperationDefinitionNode | undefined;
  /** The errors that mutations returned as members of their unions. */
  refusals?: readonly ApiError[];
  /** The codes of the answer's `errors`, if it has any. */
  errorCodes?: readonly string[];
}

/** Answers the HTTP request of an exchange; the promise rejects only for a bug. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
) => Promise<void>;
