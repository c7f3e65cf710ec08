/** Where guards stand, how they are asked, and how their refusals reach the client. */
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { type Answer, jsonAnswer } from '../answer/answers.ts';
import { bugResult } from '../answer/error-answers.ts';
import type { Exchange } from '../exchange.ts';
import type { OperationRequest } from '../request/operation-request.ts';
import type { SentDocument } from '../request/sent-document.ts';
import type { Guard, Guards, Refusal, RequestHead } from './guard.ts';
import { refusalOfUnreadable, type Unreadable } from './unreadable.ts';
import type { Upload } from './upload-parts.ts';

/** What a guard has against the subject in the end, or undefined; a promise only if a guard has to wait. */
export type Gate<Subject, Objection> = (
  subject: Subject,
  exchange: Exchange,
) => Objection | undefined | Promise<Objection | undefined>;

/** What a request passes on its way. Whoever leads it on gets no more of the guards than this. */
export interface Gates {
  readonly turn: Gate<RequestHead, Answer>;
  readonly everyRequest: Gate<RequestHead, Answer>;
  /** The guards of every request stand here, too. */
  readonly graphqlRequest: Gate<RequestHead, Answer>;
  readonly arrival: Gate<Buffer, Answer>;
  readonly upload: Gate<Upload, Answer>;
  readonly body: Gate<Buffer, Answer>;
  readonly document: Gate<SentDocument, Answer>;
  readonly operation: Gate<OperationRequest, ExecutionResult>;
  /** What is to be said of what Node refused because it is no request. The connection ends with it. */
  readonly unreadable: (what: Unreadable, exchange: Exchange) => Answer;
}

/** The gates at which these guards stand. */
export function createGates(
  { turn, everyRequest, graphqlRequest, arrival, upload, body, document, operation }: Guards,
  logger: Logger,
): Gates {
  return {
    turn: requestGate(turn),
    everyRequest: requestGate(everyRequest),
    graphqlRequest: requestGate([...everyRequest, ...graphqlRequest]),
    arrival: requestGate(arrival),
    upload: requestGate(upload),
    body: requestGate(body),
    document: requestGate(document),
    operation(request, exchange) {
      try {
        const refusal = firstRefusal(operation, request, exchange);
        if (!(refusal instanceof Promise)) return refusalResult(refusal);
        return refusal.then(refusalResult, (error: unknown) => bugResult(error, exchange, logger));
      } catch (error) {
        return bugResult(error, exchange, logger);
      }
    },
    unreadable(what, exchange) {
      const { headers, ...refusal } = refusalOfUnreadable(what);
      return answerOf({ ...refusal, headers: { ...headers, connection: 'close' } }, exchange);
    },
  };
}

function requestGate<Subject>(guards: readonly Guard<Subject>[]): Gate<Subject, Answer> {
  return (subject, exchange) => {
    const refusal = firstRefusal(guards, subject, exchange);
    if (refusal instanceof Promise) return refusal.then(late => refusalAnswer(late, exchange));
    return refusalAnswer(refusal, exchange);
  };
}

function firstRefusal<Subject>(
  guards: readonly Guard<Subject>[],
  subject: Subject,
  exchange: Exchange,
): Refusal | undefined | Promise<Refusal | undefined> {
  for (const guard of guards) {
    const refusal = guard.check(subject, exchange);
    if (refusal instanceof Promise) {
      const others = guards.slice(guards.indexOf(guard) + 1);
      return refusal.then(late =>
        late ? refusedBy(guard, late, exchange) : firstRefusal(others, subject, exchange),
      );
    }
    if (refusal) return refusedBy(guard, refusal, exchange);
  }
  return undefined;
}

function refusedBy({ name }: Guard<never>, refusal: Refusal, exchange: Exchange): Refusal {
  exchange.refusedBy = name;
  return refusal;
}

function refusalAnswer(refusal: Refusal | undefined, exchange: Exchange): Answer | undefined {
  return refusal && answerOf(refusal, exchange);
}

function answerOf({ status, code, message, facts, headers }: Refusal, exchange: Exchange): Answer {
  exchange.errorCodes = [code];
  return jsonAnswer(status, { errors: [{ message, extensions: { code, ...facts } }] }, headers);
}

function refusalResult(refusal: Refusal | undefined): ExecutionResult | undefined {
  if (!refusal) return undefined;
  const { status, code, message, facts, headers } = refusal;
  // With these, the status is the same for each media type that clients accept.
  const http = { status, ...(headers && { headers }) };
  return { errors: [new GraphQLError(message, { extensions: { code, ...facts, http } })] };
}
