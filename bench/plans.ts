/** How long the parts of a run take. */
import type { StagePlan, WorkloadPlan } from './stage.ts';
import type { WorkloadName } from './workloads.ts';

interface Repeated {
  readonly rounds: number;
  readonly durationMs: number;
}

export interface RunPlan {
  readonly stages: readonly StagePlan[];
  /** Parts of the capacity, 0.8 for 80 %, at which latency is measured. */
  readonly paced: Repeated & { readonly shares: readonly number[] };
  readonly nodes: Repeated;
  /** `nodes` with an upstream that takes 20 ms. */
  readonly distance?: Repeated;
  /** Refused tokens beside creates. */
  readonly refusals: Pick<WorkloadPlan, 'rounds' | 'load'>;
  readonly uptime?: { readonly points: number; readonly durationMs: number };
  readonly starts: number;
  /** The run ends here, whatever it does. */
  readonly limitMs: number;
}

const CONCURRENCY = 32;

function workload(
  name: WorkloadName,
  { warmUpMs, rounds, durationMs }: Repeated & { readonly warmUpMs: number },
): WorkloadPlan {
  return { workload: name, warmUpMs, rounds, load: { concurrency: CONCURRENCY, rampMs: 200, durationMs } };
}

/** V8 compiles the code of a request for the last time after tens of thousands of them. */
const others = { warmUpMs: 2_000, rounds: 4, durationMs: 1_200 };

export const full: RunPlan = {
  stages: [
    {
      upstream: 'stub',
      workloads: [
        workload('create', { warmUpMs: 10_000, rounds: 5, durationMs: 2_000 }),
        workload('createEveryMember', others),
        // A request takes some 10 ms of CPU time, so the few of a short sample would say little.
        workload('nodes', { ...others, durationMs: 2_500 }),
        workload('page', others),
        workload('conflict', others),
        workload('tenCreates', others),
      ],
    },
    {
      upstream: 'local',
      workloads: [workload('create', { warmUpMs: 5_000, rounds: 4, durationMs: 1_500 })],
    },
  ],
  paced: { shares: [0.6, 0.8], rounds: 4, durationMs: 4_000 },
  nodes: { rounds: 4, durationMs: 1_000 },
  distance: { rounds: 4, durationMs: 1_500 },
  refusals: { rounds: 4, load: { concurrency: CONCURRENCY, rampMs: 200, durationMs: 1_000 } },
  uptime: { points: 6, durationMs: 5_000 },
  starts: 5,
  limitMs: 960_000,
};

export const quick: RunPlan = {
  stages: [
    {
      upstream: 'stub',
      workloads: [workload('create', { warmUpMs: 3_000, rounds: 3, durationMs: 1_000 })],
    },
  ],
  paced: { shares: [0.8], rounds: 1, durationMs: 2_000 },
  nodes: { rounds: 2, durationMs: 700 },
  refusals: { rounds: 2, load: { concurrency: CONCURRENCY, rampMs: 100, durationMs: 500 } },
  starts: 2,
  limitMs: 120_000,
};
