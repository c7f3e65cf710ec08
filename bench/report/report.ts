/** What a run found. */
import { execFileSync } from 'node:child_process';
import { arch, cpus, release, type as systemType, totalmem } from 'node:os';
import type { PacedResult } from '../checks/paced.ts';
import type { BadTokens } from '../checks/refused-tokens.ts';
import type { StartUpResult } from '../checks/start-up.ts';
import type { UptimePoint } from '../checks/uptime.ts';
import { productFolder } from '../environment.ts';
import type { WorkloadResult } from '../stage.ts';
import type { Summary } from '../statistics.ts';

export interface Report {
  readonly date: string;
  readonly machine: Machine;
  /** The commit of the product, with "-dirty" when files differ from it. */
  readonly commit: string;
  /** CPU cores that other programs kept busy during the run. */
  readonly foreignCores: number;
  readonly workloads: readonly WorkloadResult[];
  readonly paced?: readonly PacedResult[];
  readonly startUp?: StartUpResult;
  /** The CPU time of a refusal relative to that of a create. */
  readonly refusedTokens?: Readonly<Record<BadTokens, Summary>>;
  readonly nodeCalls?: number;
  readonly nodesWallTime?: Summary;
  /** With an upstream that takes its time, as one over a network does. */
  readonly nodesWallTimeAtDistance?: Summary;
  readonly uptime?: readonly UptimePoint[];
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
}

export function describeMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${systemType()} ${release()} ${arch()}`,
    node: process.version,
  };
}

export function describeCommit(): string {
  try {
    const args = ['describe', '--always', '--dirty'];
    return execFileSync('git', args, {
      cwd: productFolder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
