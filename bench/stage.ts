/** A stage: one upstream, all contestants at it, and workloads in which they take turns. */
import { checkSameAnswers } from './checks/same-answers.ts';
import {
  type Contestant,
  type ContestantEntry,
  type ContestantId,
  contestants,
  startContestants,
} from './contestants/index.ts';
import type { LoadPlan, LoadResult } from './load.ts';
import { cpuMicroseconds, residentBytes } from './processes.ts';
import { startUpstream, type Upstream, type UpstreamKind } from './upstream/index.ts';
import type { WorkloadName } from './workloads.ts';

export interface WorkloadPlan {
  readonly workload: WorkloadName;
  readonly warmUpMs: number;
  readonly rounds: number;
  readonly load: LoadPlan;
}

export interface StagePlan {
  readonly upstream: UpstreamKind;
  readonly workloads: readonly WorkloadPlan[];
}

export interface Sample extends LoadResult {
  readonly residentMiB: number;
  readonly upstreamCpuMicroseconds: number;
}

/** The samples of each contestant, in the order of the rounds. */
export interface WorkloadResult<Name extends string = ContestantId> {
  readonly upstream: UpstreamKind;
  readonly workload: WorkloadName;
  readonly samples: Readonly<Partial<Record<Name, readonly Sample[]>>>;
}

export type Metric = Exclude<keyof Sample, 'operations'>;

/** What a stage leaves running for checks that follow it. */
export interface Stage {
  readonly upstream: Upstream;
  readonly running: ReadonlyMap<ContestantId, Contestant>;
  readonly results: readonly WorkloadResult[];
  stop(): Promise<void>;
}

/** Far more than the operations of any sample, so that names never repeat. */
const NUMBERS_PER_SAMPLE = 1_000_000;

let lastNumber = 0;

export function nextNumbers(): number {
  lastNumber += NUMBERS_PER_SAMPLE;
  return lastNumber;
}

export async function runStage(
  { upstream: kind, workloads }: StagePlan,
  log: (text: string) => void,
): Promise<Stage> {
  const upstream = await startUpstream(kind);
  const running = await startContestants(upstream.url);
  const results: WorkloadResult[] = [];
  for (const plan of workloads) {
    await checkSameAnswers(upstream, running, plan.workload);
    log(`${kind}: ${plan.workload}, warm-up`);
    for (const contestant of running.values()) {
      await measure(upstream, contestant, plan.workload, { ...plan.load, durationMs: plan.warmUpMs });
    }
    results.push(await takeTurns(upstream, running, plan, log));
  }
  return {
    upstream,
    running,
    results,
    async stop() {
      await Promise.all([...running.values()].map(contestant => contestant.stop()));
      await upstream.stop();
    },
  };
}

const WARM_UP_STEP_MS = 500;

/** Lets each contestant do so many operations; how fast the machine is does not matter then. */
export async function warmUp(
  upstream: Upstream,
  running: ReadonlyMap<string, Contestant>,
  workload: WorkloadName,
  operations: number,
): Promise<void> {
  const plan = { concurrency: 32, rampMs: 0, durationMs: WARM_UP_STEP_MS };
  for (const contestant of running.values()) {
    for (let done = 0; done < operations; ) {
      done += (await measure(upstream, contestant, workload, plan)).operations;
    }
  }
}

/** A B C A B C …, so that whatever disturbs the machine for a while disturbs all of them. */
export async function takeTurns<Name extends string>(
  upstream: Upstream,
  running: ReadonlyMap<Name, Contestant>,
  { workload, rounds, load }: Omit<WorkloadPlan, 'warmUpMs'>,
  log: (text: string) => void,
): Promise<WorkloadResult<Name>> {
  const samples: Partial<Record<Name, Sample[]>> = {};
  for (let round = 1; round <= rounds; round += 1) {
    log(`${upstream.kind}: ${workload}, round ${round} of ${rounds}`);
    for (const [id, contestant] of running) {
      (samples[id] ??= []).push(await measure(upstream, contestant, workload, load));
    }
  }
  return { upstream: upstream.kind, workload, samples };
}

async function measure(
  upstream: Upstream,
  contestant: Contestant,
  workload: WorkloadName,
  plan: LoadPlan,
): Promise<Sample> {
  const world = await upstream.prepare(workload);
  const upstreamBefore = cpuMicroseconds(upstream.pid);
  const result = await contestant.measure({ workload, world, firstNumber: nextNumbers() }, plan);
  return {
    ...result,
    residentMiB: residentBytes(contestant.pid) / 2 ** 20,
    upstreamCpuMicroseconds: (cpuMicroseconds(upstream.pid) - upstreamBefore) / result.operations,
  };
}

export function titleOf(id: ContestantId): string {
  return (contestants.find(entry => entry.id === id) as ContestantEntry).title;
}
