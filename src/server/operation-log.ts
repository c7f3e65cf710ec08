/**
 * One log line for each answer of the GraphQL endpoint, and to what is no request, after one for each of its calls to AWS that failed. They never
 * hold variables, documents or people's ids.
 */
import type { Logger } from 'pino';
import type { Diagnosis } from '../adapter/diagnosis.ts';
import type { AttemptEnd, BudgetWait } from '../aws/attempts.ts';
import { type FailureKind, wasEndedHere } from '../aws/failure.ts';
import type { ApiError } from '../errors.ts';
import type { Cut } from './answer/unread-answers.ts';
import type { Exchange } from './exchange.ts';
import { boundedName } from './log-words.ts';
import { outcomeOf } from './outcome.ts';

/** Why all reads of a request are given up because of the bytes that were read, by the kind of failure. */
const excesses = {
  tooMuch: 'the request read more than MAX_UPSTREAM_BYTES',
  noRoom: 'all requests, or all of the caller, read more than MAX_UPSTREAM_BYTES_IN_FLIGHT has room for',
} as const satisfies Partial<Record<FailureKind, string>>;

/** A request may lead to hundreds of calls. */
const MAX_AWS_IDS = 10;

/** A batch may have thousands. */
const MAX_REFUSALS = 100;

/** Logs an exchange that was answered with this HTTP status. */
export function logOperation(logger: Logger, exchange: Exchange, status: number): void {
  const { requestId, startedAt, operation, refusals, failures, attempts, waits, operations } = exchange;
  if (attempts && logger.isLevelEnabled('debug')) logAttempts(logger, requestId, attempts);
  const givenUp = failures?.filter(({ failure }) => failure in excesses) ?? [];
  for (const failure of failures ?? []) {
    if (!(failure.failure in excesses)) logFailure(logger, requestId, failure);
  }
  if (givenUp.length > 0) logGivenUp(logger, requestId, givenUp);
  logger.info({
    requestId,
    traceId: exchange.traceId === requestId ? undefined : exchange.traceId,
    principal: exchange.principal.verifiedName,
    operation: boundedName(operation?.name?.value),
    type: operation?.operation,
    coordinates: operations?.length ? operations.map(({ coordinate }) => coordinate) : undefined,
    outcome: outcomeOf(exchange),
    status,
    durationMs: rounded(performance.now() - startedAt),
    refusals: refusals?.length ? refusals.slice(0, MAX_REFUSALS).map(factsOf) : undefined,
    errorCodes: exchange.errorCodes,
    refusedBy: exchange.refusedBy,
    unreadable: exchange.unreadable,
    aws: attempts?.length ? awsFacts(attempts, waits) : undefined,
  });
}

/** Logs that an answer, which has its line already, did not arrive whole. */
export function logCut(logger: Logger, requestId: string, reason: Cut): void {
  logger.warn({ requestId, outcome: 'cut', reason }, 'The end of an answer was not sent.');
}

/** What is said of calls that did not fail at AWS. */
const otherEnds: Readonly<Record<string, string>> = {
  dropped: 'A call to AWS was not made, because the client had left or this gateway stopped.',
  overdue: 'A call to AWS was given up, because the time was over that its request may take.',
  stopped: 'A call to AWS was given up, because this gateway stopped.',
  notAnswering: 'A call to AWS was not made, because those before it had no answer.',
  notAudited: 'A call to AWS was not made, because the audit trail cannot be written.',
};

/** What asks for somebody's attention is a warning. */
function logFailure(logger: Logger, requestId: string, diagnosis: Diagnosis): void {
  const { failure, unsettled } = diagnosis;
  const words = (!unsettled && otherEnds[failure]) || 'A call to AWS failed.';
  if (wasEndedHere(failure, unsettled)) logger.info({ requestId, ...diagnosis }, words);
  else logger.warn({ requestId, ...diagnosis }, words);
}

/** A request that read too much gives up all of its reads at once. */
function logGivenUp(logger: Logger, requestId: string, givenUp: readonly Diagnosis[]): void {
  const operations = [...new Set(givenUp.map(({ operation }) => operation))];
  const hosts = [...new Set(givenUp.map(({ cause }) => cause?.host))];
  // What ended the first of them ended all.
  const failure = givenUp[0]?.failure as keyof typeof excesses;
  const line = { requestId, failure, calls: givenUp.length, operations, hosts };
  logger.info(line, `Calls to AWS were given up, because ${excesses[failure]}.`);
}

function logAttempts(logger: Logger, requestId: string, attempts: readonly AttemptEnd[]): void {
  for (const { requestId: id, durationMs, ...facts } of attempts) {
    const line = { requestId, ...facts, durationMs: rounded(durationMs), awsRequestId: id };
    logger.debug(line, 'An attempt of a call to AWS ended.');
  }
}

/** What an operator needs of a refusal; its message may name people's ids. */
function factsOf({ code, providerCode, requestId }: ApiError) {
  return { code, providerCode, awsRequestId: requestId };
}

function awsFacts(attempts: readonly AttemptEnd[], waits: readonly BudgetWait[] = []) {
  const requestIds: string[] = [];
  for (const { requestId } of attempts) {
    if (requestIds.length === MAX_AWS_IDS) break;
    if (requestId !== undefined) requestIds.push(requestId);
  }
  const waited = waits.reduce((sum, { waitedMs }) => sum + waitedMs, 0);
  return {
    attempts: attempts.length,
    requestIds,
    ...(waits.length > 0 && { waits: waits.length, waitedMs: rounded(waited) }),
  };
}

/** To the microsecond. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
