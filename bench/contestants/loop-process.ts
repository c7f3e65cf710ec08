/** The process of a contestant that is no server: it makes the calls itself, in a closed loop. */
import { closedLoop, type LoadPlan, type LoadResult } from '../load.ts';
import { cpuMicroseconds } from '../processes.ts';
import type { WorkloadName, World } from '../workloads.ts';
import { type Aws, awsCalls } from './aws-calls.ts';

/** What the run asks for. */
export interface LoopJob {
  readonly workload: WorkloadName;
  readonly world: World;
  readonly firstNumber: number;
  readonly plan: LoadPlan;
}

export type LoopAnswer = { readonly result: LoadResult } | { readonly failure: string };

/** Does the run's jobs, one at a time, until the run ends. */
export function serveLoop(aws: Aws): void {
  process.on('message', (job: LoopJob) => {
    void perform(aws, job).then(answer => process.send?.(answer));
  });
  process.once('disconnect', () => process.exit());
}

async function perform(aws: Aws, { workload, world, firstNumber, plan }: LoopJob): Promise<LoopAnswer> {
  const call = awsCalls[workload];
  let n = firstNumber;
  try {
    const result = await closedLoop(
      plan,
      async () => {
        await call(aws, world, n++);
      },
      () => cpuMicroseconds(process.pid),
    );
    return { result };
  } catch (error) {
    return { failure: String((error as Error).stack) };
  }
}
