/** What it costs to refuse a request because of its token. */

import type { VestibuleProcess } from '../contestants/vestibule.ts';
import { exchange, openConnections } from '../http.ts';
import { closedLoop, type LoadPlan, type LoadResult } from '../load.ts';
import { cpuMicroseconds } from '../processes.ts';
import { nextNumbers, type WorkloadPlan } from '../stage.ts';
import { ratioOf, type Summary } from '../statistics.ts';
import type { Upstream } from '../upstream/index.ts';
import { requestBodies } from '../workloads.ts';

/**
 * How tokens are bad: `forged` ones have each another wrong signature, so that each is verified; `same` is one again and again;
 * a `flood` is of forged ones where `BAD_TOKEN_RATE` is as by default, so that next to none of them is verified.
 */
export const badTokens = ['forged', 'same', 'flood'] as const;
export type BadTokens = (typeof badTokens)[number];

/** A gateway with this setting meets a flood; others verify whatever comes. */
export const floodSettings = { BAD_TOKEN_RATE: '600/min' } as const;

/** Refusals and creates that took turns, in the order of the rounds. */
export interface RefusedTokens {
  readonly refusals: readonly LoadResult[];
  readonly creates: readonly LoadResult[];
}

const WARM_UP_MS = 2_000;

/** How much of a signature is left as it was. */
const UNTOUCHED = 100;

/** Measures what it takes to refuse bad tokens, and a create with a good one. */
export async function measureRefusedTokens(
  upstream: Upstream,
  secured: VestibuleProcess,
  kind: BadTokens,
  { rounds, load }: Pick<WorkloadPlan, 'rounds' | 'load'>,
): Promise<RefusedTokens> {
  await refuse(secured, kind, { ...load, durationMs: WARM_UP_MS });
  const refusals: LoadResult[] = [];
  const creates: LoadResult[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { userIds } = await upstream.prepare('create');
    const job = { workload: 'create', world: { userIds }, firstNumber: nextNumbers() } as const;
    creates.push(await secured.measure(job, load));
    refusals.push(await refuse(secured, kind, load));
  }
  return { refusals, creates };
}

/** The CPU time of a refusal relative to that of a create. */
export function relativeToCreate({ refusals, creates }: RefusedTokens): Summary {
  return ratioOf({ samples: { refusals, creates } }, 'refusals', 'creates', 'cpuMicroseconds');
}

async function refuse(secured: VestibuleProcess, kind: BadTokens, plan: LoadPlan): Promise<LoadResult> {
  const requests = openRefused(secured, kind, plan.concurrency);
  try {
    return await closedLoop(plan, requests.send, () => cpuMicroseconds(secured.pid));
  } finally {
    await requests.close();
  }
}

/** Creates with bad tokens, over at most `connections` connections; each is checked to be refused. */
export function openRefused(
  { url, headers = {} }: Pick<VestibuleProcess, 'url' | 'headers'>,
  kind: BadTokens,
  connections: number,
) {
  const { origin, pathname } = new URL(url);
  const pool = openConnections(origin, connections);
  const nextBody = requestBodies('create', { userIds: [] }, nextNumbers());
  const { authorization = '' } = headers;
  const signed = authorization.slice(0, authorization.lastIndexOf('.') + 1);
  const signature = authorization.slice(signed.length);
  let n = nextNumbers();
  const send = async (): Promise<void> => {
    // Digits are letters of base64url, too. At the beginning they could make it larger than the key, which is seen at once.
    const digits = String(kind === 'same' ? 1 : n++).padStart(16, '0');
    const token =
      signed + signature.slice(0, UNTOUCHED) + digits + signature.slice(UNTOUCHED + digits.length);
    const answer = await exchange(pool, {
      path: pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: token },
      body: nextBody(),
    });
    // The first of a flood are verified.
    const isRefused = answer.status === 401 || (kind === 'flood' && answer.status === 429);
    if (!isRefused) throw new Error(`A bad token was answered with ${answer.status}.`);
  };
  return { send, close: () => pool.close() };
}
