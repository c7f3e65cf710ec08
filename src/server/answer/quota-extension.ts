/** What a client is told of AWS's quotas when it asks. */
import type { ExecutionResult } from 'graphql';
import type { BudgetWait } from '../../aws/attempts.ts';
import type { Gateway } from '../../schema/context.ts';

/**
 * The result with what the budgets are at, those from which requests were asked for since the start.
 *
 * @param waits Those of the request.
 */
export function withQuota(
  result: ExecutionResult,
  gateway: Gateway,
  waits: readonly BudgetWait[],
): ExecutionResult {
  const quota = gateway.upstream().flatMap(({ budgets }) =>
    budgets.map(({ name, perSecond, atPresent, used, queued }) => ({
      budget: name,
      limit: perSecond,
      atPresent: Math.round(atPresent * 10) / 10,
      used,
      queued,
      waitedMs: Math.round(sumOf(waits, name)),
    })),
  );
  return { ...result, extensions: { ...result.extensions, quota } };
}

function sumOf(waits: readonly BudgetWait[], wanted: string): number {
  return waits.reduce((sum, { budget, waitedMs }) => (budget === wanted ? sum + waitedMs : sum), 0);
}
