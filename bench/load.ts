/** Load: what to do is the caller's; here is how often, how many at a time, and what it took. */
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LoadPlan {
  readonly concurrency: number;
  /** Time at the beginning that does not count for throughput and latency. */
  readonly rampMs: number;
  readonly durationMs: number;
}

export interface LoadResult {
  /** All of them, before and after the ramp. */
  readonly operations: number;
  readonly operationsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the process under load, for one operation. */
  readonly cpuMicroseconds: number;
}

/**
 * Keeps `concurrency` operations under way.
 *
 * Throughput and latency are of the operations that end after the ramp. CPU time is of all operations, from
 * the idle process before the first to the idle process after the last, so that none is counted in part.
 *
 * @param cpu Reads the CPU time of the process under load.
 */
export async function closedLoop(
  { concurrency, rampMs, durationMs }: LoadPlan,
  perform: () => Promise<void>,
  cpu: () => number,
): Promise<LoadResult> {
  const latencies = createHistogram();
  let operations = 0;
  const now: { phase: 'ramp' | 'measure' | 'drain' } = { phase: 'ramp' };

  async function work(): Promise<void> {
    while (now.phase !== 'drain') {
      const startedAt = performance.now();
      await perform();
      operations += 1;
      if (now.phase === 'measure') record(latencies, performance.now() - startedAt);
    }
  }

  const cpuBefore = cpu();
  const workers = Promise.all(Array.from({ length: concurrency }, work));
  try {
    await Promise.race([workers, sleep(rampMs)]);
    now.phase = 'measure';
    const measuredFrom = performance.now();
    await Promise.race([workers, sleep(durationMs)]);
    const seconds = (performance.now() - measuredFrom) / 1000;
    now.phase = 'drain';
    const measured = latencies.count;
    const { p50Ms, p99Ms } = percentiles(latencies);
    await workers;
    return {
      operations,
      operationsPerSecond: measured / seconds,
      p50Ms,
      p99Ms,
      cpuMicroseconds: (cpu() - cpuBefore) / operations,
    };
  } finally {
    now.phase = 'drain';
  }
}

export interface PacedPlan {
  readonly perSecond: number;
  readonly rampMs: number;
  readonly durationMs: number;
}

export interface PacedLoadResult extends Pick<LoadResult, 'p50Ms' | 'p99Ms'> {
  /** If not, it ended early. */
  readonly keepsUp: boolean;
}

/** More operations under way than this mean that the process under load does not keep up. */
const MAX_UNDER_WAY = 2_000;

/**
 * Begins operations at a steady rate, whether earlier ones have ended or not, so that a slow answer delays
 * no other request and hides no waiting time. Latency counts from the moment an operation begins; those that
 * are due between two ticks of the timer, 1 to 2 ms, begin together.
 */
export async function pacedLoad(
  { perSecond, rampMs, durationMs }: PacedPlan,
  perform: () => Promise<void>,
): Promise<PacedLoadResult> {
  const latencies = createHistogram();
  const from = performance.now();
  const underWay = new Set<Promise<void>>();
  let begun = 0;
  let keepsUp = true;
  let failure: unknown;

  async function one(startedAt: number): Promise<void> {
    try {
      await perform();
      if (startedAt - from >= rampMs) record(latencies, performance.now() - startedAt);
    } catch (error) {
      failure ??= error;
    }
  }

  for (let now = from; keepsUp && now - from < rampMs + durationMs; now = performance.now()) {
    const due = Math.floor(((now - from) * perSecond) / 1000);
    for (; begun < due; begun += 1) {
      const operation: Promise<void> = one(performance.now()).finally(() => underWay.delete(operation));
      underWay.add(operation);
    }
    if (underWay.size > MAX_UNDER_WAY) keepsUp = false;
    await sleep(1);
  }
  await Promise.all(underWay);
  if (failure) throw failure;
  return { keepsUp, ...percentiles(latencies) };
}

function record(latencies: RecordableHistogram, milliseconds: number): void {
  latencies.record(Math.max(1, Math.round(milliseconds * 1000)));
}

function percentiles(latencies: RecordableHistogram): Pick<LoadResult, 'p50Ms' | 'p99Ms'> {
  return { p50Ms: latencies.percentile(50) / 1000, p99Ms: latencies.percentile(99) / 1000 };
}
