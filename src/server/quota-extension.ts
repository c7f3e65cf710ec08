/** What a client is told of AWS's quotas when it asks by a header, as the APIs of shops and code hosts tell of theirs. */
import type { IncomingHttpHeaders } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { AttemptListener, BudgetWait } from '../aws/attempts.ts';
import type { Gateway } from '../schema/context.ts';

/** Names the extensions that the answer is to have, separated by commas; those that there are not are ignored. */
const HEADER = 'vestibule-extensions';

/** Whether a request asks for `extensions.quota`. */
export function asksForQuota({ [HEADER]: asked }: IncomingHttpHeaders): boolean {
  return (
    asked !== undefined &&
    String(asked)
      .split(',')
      .some(name => name.trim() === 'quota')
  );
}

/** How long the calls of one request waited for their turns. */
export class BudgetWaits implements AttemptListener {
  readonly #byBudget = new Map<string, number>();

  attemptEnded(): void {}

  waited({ budget, waitedMs }: BudgetWait): void {
    this.#byBudget.set(budget, this.of(budget) + waitedMs);
  }

  /** The sum of the waits for a budget, in milliseconds. */
  of(budget: string): number {
    return this.#byBudget.get(budget) ?? 0;
  }
}

/** The result with what the budgets are at, those from which requests were asked for since the start. */
export function withQuota(result: ExecutionResult, gateway: Gateway, waits: BudgetWaits): ExecutionResult {
  const quota = gateway.upstream().flatMap(({ budgets }) =>
    budgets.map(({ name, perSecond, atPresent, used, queued }) => ({
      budget: name,
      limit: perSecond,
      atPresent: Math.round(atPresent * 10) / 10,
      used,
      queued,
      waitedMs: Math.round(waits.of(name)),
    })),
  );
  return { ...result, extensions: { ...result.extensions, quota } };
}
