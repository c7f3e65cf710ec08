import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { OperationDefinitionNode } from 'graphql';
import type { Diagnosis } from '../adapter/diagnosis.ts';
import { nobody, type Principal } from '../auth/principal.ts';
import type { AttemptEnd, BudgetWait } from '../aws/attempts.ts';
import type { ApiError } from '../errors.ts';
import type { RequestObserver } from '../schema/observer.ts';
import type { ApiOperation } from '../schema/operation/registry.ts';
import { asksFor } from './answer/asked-extensions.ts';
import type { ResultStream } from './answer/result-stream.ts';
import type { Unreadable } from './guards/unreadable.ts';
import type { HeldBody } from './in-flight/bodies.ts';
import type { ComingBody } from './in-flight/coming-bodies.ts';
import type { HeldDocument } from './in-flight/documents.ts';
import type { InFlight } from './in-flight/requests.ts';
import type { HeldAnswers } from './in-flight/upstream-bytes.ts';
import { traceIdIn } from './request/trace-id.ts';

/** What became of the name of a document: it was known, it was not, or the text came with it. */
export const namedDocuments = ['hit', 'miss', 'sent'] as const;
export type NamedDocument = (typeof namedDocuments)[number];

/** One HTTP request, from its arrival to the answer. */
export interface Exchange {
  /** The caller's `x-request-id`, the id of the trace that its `traceparent` names, or one of ours. */
  readonly requestId: string;
  /** A reading of `performance.now()`. */
  readonly startedAt: number;
  /** The client's connection. */
  readonly caller: { readonly destroyed: boolean; readonly remoteAddress?: string | undefined };
  /** The addresses that its clients and proxies say it came by, the last one's word last. */
  readonly forwardedFor?: string | undefined;
  /** Whether the answer is to tell what AWS's quotas are at. */
  readonly asksForQuota: boolean;
  /** Who sent the request; until the guard of authentication knows it, nobody. */
  principal: Principal;
  /** Whether the answer is to tell what the operation costs. */
  readonly asksForCost: boolean;
  /** How many calls to AWS the operation can take. */
  upstreamCalls?: number;
  /** How often the operation can read the gateway's own database. */
  databaseReads?: number;
  /** How many values the answer can have. */
  answerValues?: number;
  /** Where it is counted, once it is let in. */
  inFlight?: InFlight;
  /** Whether it has a place there: it gives it back while its body comes. */
  hasPlace?: boolean;
  /** Its body, if that did not come with its head. */
  coming?: ComingBody;
  /** Whose place it has of those that one caller may have, once it has one. */
  placeOf?: string | undefined;
  /** How many values its JSON has. */
  jsonValues?: number;
  /** Its body and what is made of it, unless that is small. */
  heldBody?: HeldBody | undefined;
  /** Its document, unless that is small. */
  heldDocument?: HeldDocument;
  /** Whether its client takes events. */
  takesEvents?: boolean;
  /** As whose subscription it is counted, once it is let in. */
  subscriber?: string;
  /** The results, where it is answered with one after another. */
  results?: ResultStream;
  /** What it has read from AWS. */
  heldAnswers?: HeldAnswers | undefined;
  /** How many calls to AWS it may take, and whose it is, once there is room for that. */
  heldCalls?: { readonly sender: string; readonly count: number };
  /** How often it may read the database, and whose it is, once there is room for that. */
  heldReads?: { readonly sender: string; readonly count: number };
  /** The values for which it was given room, and whose it is. */
  heldValues?: { readonly sender: string; readonly count: number };
  /** The trace that the caller says this is a part of, or that we began. */
  traceId?: string;
  /** What calls to AWS carry of it, in W3C's form. */
  traceparent?: string;
  /** The world of local AWS that it is for, as its header says. */
  readonly world?: string | undefined;
  /** They are told what happens while it runs. */
  observers?: readonly RequestObserver[] | undefined;
  /** The files that came with it, by the names of their parts. */
  uploads?: ReadonlyMap<string, Uint8Array>;
  /** The name of the guard that refused it. */
  refusedBy?: string;
  /** Node's code for why it is no request, if it is none. */
  readonly unreadable?: string | undefined;
  /** What became of the name of its document, if it gave one. */
  namedDocument?: NamedDocument;
  /** What is executed; absent until then, and for good if the request is refused before. */
  operation?: OperationDefinitionNode;
  /** The errors that mutations returned as members of their unions. */
  refusals?: readonly ApiError[];
  /** What is known of the calls to AWS that failed. */
  failures?: readonly Diagnosis[];
  /** The operations of this API that ran, each once. */
  operations?: readonly ApiOperation[];
  /** The attempts of calls to AWS. */
  attempts?: readonly AttemptEnd[];
  /** The waits for AWS's budgets. */
  waits?: readonly BudgetWait[];
  /** What became of the idempotency keys of its mutations, once they are performed. */
  keys?: { readonly replayed: Readonly<Record<string, boolean>> | undefined };
  /** The codes of the answer's `errors`, if it has any. */
  errorCodes?: readonly string[];
}

/** The exchange of a request that has arrived just now. */
export function beginExchange(request: IncomingMessage): Exchange {
  const traceId = traceIdIn(request.headers.traceparent);
  let requestId = callersRequestId(request);
  if (requestId === undefined) {
    requestId = traceId ?? randomUUID();
    // For the request's own end, should what follows not be readable.
    request.headers[REQUEST_ID] = requestId;
  }
  const exchange: Exchange = {
    requestId,
    startedAt: performance.now(),
    caller: request.socket,
    // Node puts several of them together.
    forwardedFor: request.headers['x-forwarded-for'] as string | undefined,
    asksForQuota: asksFor('quota', request.headers),
    principal: nobody,
    asksForCost: asksFor('cost', request.headers),
    world: request.headers[WORLD] as string | undefined,
  };
  if (traceId !== undefined) exchange.traceId = traceId;
  return exchange;
}

/** The exchange of what turned out to be no request; of one that began well, with the id that it was given. */
export function beginUnreadable(
  { code }: Unreadable,
  caller: Exchange['caller'],
  begun?: IncomingMessage,
): Exchange {
  const requestId = (begun && callersRequestId(begun)) ?? randomUUID();
  return {
    requestId,
    startedAt: performance.now(),
    caller,
    asksForQuota: false,
    asksForCost: false,
    principal: nobody,
    unreadable: code,
  };
}

/** The header that names a world of local AWS. Several of them are one text, which names none. */
const WORLD = 'x-local-aws-world';

/** The header with the id of a request. */
export const REQUEST_ID = 'x-request-id';

const saneRequestId = /^[\w.:+/=-]{1,128}$/;

/** The caller's own id of the request, if it gave one that is fit for logs and headers. */
function callersRequestId({ headers }: IncomingMessage): string | undefined {
  const id = headers[REQUEST_ID];
  return typeof id === 'string' && saneRequestId.test(id) ? id : undefined;
}
