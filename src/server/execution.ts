/** The one way into execution: whoever read the request, the guards of operations stand before it. */
import { normalizedExecutor } from '@graphql-tools/executor';
import { type ExecutionResult, type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { BudgetWait } from '../aws/attempts.ts';
import { AnswerAllowance, type Deadline } from '../aws/failure.ts';
import { Context, type Gateway } from '../schema/context.ts';
import { turns } from '../turns.ts';
import { withCost } from './answer/cost-extension.ts';
import { withQuota } from './answer/quota-extension.ts';
import type { Exchange } from './exchange.ts';
import type { Gates } from './guards/gates.ts';
import type { Access } from './guards/index.ts';
import { senderOf } from './request/client-address.ts';
import type { OperationRequest } from './request/operation-request.ts';
import type { ServerLimits } from './server-limits.ts';

export interface ExecutionOptions {
  readonly schema: GraphQLSchema;
  readonly gateway: Gateway;
  readonly gate: Gates['operation'];
  readonly limits: ServerLimits;
  readonly access: Pick<Access, 'introspection'>;
}

/** What execution gives: a subscription has results one after another, unless it is refused. */
export type Executed = ExecutionResult | AsyncIterable<ExecutionResult>;

/** Executes an operation for an exchange, unless a guard refuses it. */
export type Execute = (request: OperationRequest, exchange: Exchange) => Executed | Promise<Executed>;

export function isStream(executed: Executed): executed is AsyncIterable<ExecutionResult> {
  return Symbol.asyncIterator in executed;
}

/** How many values an answer may have that is made without a turn: it takes less than a millisecond. */
const LIGHT_VALUES = 250;

/** The function that executes operations against the schema. */
export function createExecute({ schema, gateway, gate, limits, access }: ExecutionOptions): Execute {
  const hideSuggestions = !access.introspection;

  function deadlineOf(exchange: Exchange): Deadline {
    const sender = senderOf(exchange, limits.trustedProxies);
    exchange.heldAnswers = exchange.inFlight?.upstreamBytes.open(sender);
    return {
      at: exchange.startedAt + limits.requestTimeoutMs,
      limitMs: limits.requestTimeoutMs,
      allowance: new AnswerAllowance(limits.maxUpstreamBytes, exchange.heldAnswers),
    };
  }

  function run(request: OperationRequest, exchange: Exchange): Executed | Promise<Executed> {
    const { document, operation, operationName, variables } = request;
    // A subscription takes as long as it takes.
    const deadline =
      operation.operation === OperationTypeNode.SUBSCRIPTION ? undefined : deadlineOf(exchange);
    const contextValue = new Context(gateway, exchange.principal, exchange.caller, exchange, deadline);
    exchange.refusals = contextValue.refusals;
    exchange.failures = contextValue.failures;
    exchange.operations = contextValue.operations;
    exchange.attempts = contextValue.attempts;
    exchange.waits = contextValue.waits;
    exchange.keys = contextValue;
    const args = {
      schema,
      document,
      operationName,
      variableValues: variables,
      contextValue,
      hideSuggestions,
    };
    // Only subscriptions have several results, and incremental delivery is not offered.
    const result = normalizedExecutor(args) as Executed | Promise<Executed>;
    if (!exchange.asksForCost && !exchange.asksForQuota) return result;
    return withExtensions(result, exchange, contextValue.waits);
  }

  async function withExtensions(
    result: Executed | Promise<Executed>,
    exchange: Exchange,
    waits: readonly BudgetWait[],
  ): Promise<Executed> {
    const executed = await result;
    if (isStream(executed)) return executed;
    const costed = exchange.asksForCost ? withCost(executed, exchange) : executed;
    return exchange.asksForQuota ? withQuota(costed, gateway, waits) : costed;
  }

  /** Making a large answer is much to do, and so is what comes after: it is counted, and made a text. */
  async function runInTurns(request: OperationRequest, exchange: Exchange): Promise<Executed> {
    await turns.take(senderOf(exchange, limits.trustedProxies));
    const result = await run(request, exchange);
    await turns.take(senderOf(exchange, limits.trustedProxies));
    return result;
  }

  function runAllowed(request: OperationRequest, exchange: Exchange) {
    const { answerValues = 0 } = exchange;
    return answerValues > LIGHT_VALUES ? runInTurns(request, exchange) : run(request, exchange);
  }

  return (request, exchange) => {
    exchange.operation = request.operation;
    const refused = gate(request, exchange);
    if (refused instanceof Promise) return refused.then(result => result ?? runAllowed(request, exchange));
    return refused ?? runAllowed(request, exchange);
  };
}
