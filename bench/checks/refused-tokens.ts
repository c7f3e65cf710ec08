/** What it costs to refuse a request because of its token. */

import type { VestibuleProcess } from '../contestants/vestibule.ts';
import { exchange, openConnections } from '../http.ts';
import { closedLoop, type LoadPlan, type LoadResult } from '../load.ts';
import { cpuMicroseconds } from '../processes.ts';
import { nextNumbers } from '../stage.ts';
import { requestBodies } from '../workloads.ts';

/** How tokens are bad: `forged` ones have each another wrong signature, so that each is verified; `same` is one again and again. */
export const badTokens = ['forged', 'same'] as const;
export type BadTokens = (typeof badTokens)[number];

/** Sends creates with bad tokens, and checks that each is refused. */
export async function measureRefusedTokens(
  { url, pid, headers = {} }: VestibuleProcess,
  kind: BadTokens,
  plan: LoadPlan,
): Promise<LoadResult> {
  const { origin, pathname } = new URL(url);
  const pool = openConnections(origin, plan.concurrency);
  const nextBody = requestBodies('create', { userIds: [] }, nextNumbers());
  const { authorization = '' } = headers;
  const signed = authorization.slice(0, authorization.lastIndexOf('.') + 1);
  const signature = authorization.slice(signed.length);
  let n = nextNumbers();
  const perform = async (): Promise<void> => {
    // Digits are letters of base64url, too.
    const digits = String(kind === 'same' ? 1 : n++).padStart(16, '0');
    const token = signed + digits + signature.slice(digits.length);
    const answer = await exchange(pool, {
      path: pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: token },
      body: nextBody(),
    });
    if (answer.status !== 401) throw new Error(`A bad token was answered with ${answer.status}.`);
  };
  try {
    return await closedLoop(plan, perform, () => cpuMicroseconds(pid));
  } finally {
    await pool.close();
  }
}
