/** Latency at a part of the capacity, where a service in use should be; closed loops always measure at all of it. */
import { openRequests } from '../contestants/http-load.ts';
import type { Contestant } from '../contestants/index.ts';
import { pacedLoad } from '../load.ts';
import { nextNumbers } from '../stage.ts';
import { type Summary, summarize } from '../statistics.ts';

export type PacedServer = Pick<Contestant, 'measure'> & { readonly url: string };

export interface PacedResult {
  /** The part of the capacity, 0.8 for 80 %. */
  readonly share: number;
  readonly perSecond: Summary;
  readonly p50Ms: Summary;
  readonly p99Ms: Summary;
  /** p99 relative to p50, round by round; infinite when a queue grew instead. */
  readonly spread: Summary;
}

/** Enough that no request waits for a connection of the generator. */
const CONNECTIONS = 256;

/**
 * In each round, first the capacity with 32 requests under way, and then a `share` of it, because a shared machine
 * is not always equally fast.
 */
export async function measurePaced(
  server: PacedServer,
  share: number,
  { rounds, durationMs }: { readonly rounds: number; readonly durationMs: number },
): Promise<PacedResult> {
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const full = await server.measure(nextCreates(), { concurrency: 32, rampMs: 200, durationMs: 1_000 });
    const perSecond = Math.round(share * full.operationsPerSecond);
    const requests = openRequests(server.url, nextCreates(), CONNECTIONS);
    const { keepsUp, p50Ms, p99Ms } = await pacedLoad({ perSecond, rampMs: 500, durationMs }, requests.send);
    await requests.close();
    // Slower than with 32 requests always under way: more and more are waiting.
    const queueGrew = !keepsUp || p50Ms > full.p50Ms;
    results.push({ perSecond, p50Ms, p99Ms, spread: queueGrew ? Number.POSITIVE_INFINITY : p99Ms / p50Ms });
  }
  return {
    share,
    perSecond: summarize(results.map(({ perSecond }) => perSecond)),
    p50Ms: summarize(results.map(({ p50Ms }) => p50Ms)),
    p99Ms: summarize(results.map(({ p99Ms }) => p99Ms)),
    spread: summarize(results.map(({ spread }) => spread)),
  };
}

function nextCreates() {
  return { workload: 'create', world: { userIds: [] }, firstNumber: nextNumbers() } as const;
}
