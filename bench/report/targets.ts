/** What the project promises about its speed, and whether a run bears it out. */
import { heapGrowthMiB } from '../checks/uptime.ts';
import type { ContestantId } from '../contestants/index.ts';
import type { Metric } from '../stage.ts';
import { ratioOf } from '../statistics.ts';
import type { WorkloadName } from '../workloads.ts';
import type { Report } from './report.ts';

export interface Target {
  readonly text: string;
  readonly limit: number;
  readonly kind: 'at most' | 'at least';
  readonly unit: string;
  readonly measured: number;
  readonly met: boolean;
}

/** After a garbage collection the heap still varies by this much, from one moment to the next. */
const HEAP_NOISE_MIB = 2;

/** The targets that the report has a measurement for. */
export function checkTargets(report: Report): Target[] {
  const ratio = (workload: WorkloadName, id: ContestantId, base: ContestantId, metric: Metric) => {
    const result = report.workloads.find(each => each.workload === workload && each.upstream === 'stub');
    return result && ratioOf(result, id, base, metric).median;
  };
  const tail = (share: number) => {
    const result = report.paced?.find(each => each.share === share);
    return result && ratioOf(result, 'vestibule', 'bare', 'p99Ms').median;
  };
  const { startUp, uptime } = report;
  return [
    atMost(
      1.5,
      '×',
      'create: CPU per operation, relative to the bare server',
      ratio('create', 'vestibule', 'bare', 'cpuMicroseconds'),
    ),
    atMost(
      1.8,
      '×',
      'the same with tokens, audit and metrics',
      ratio('create', 'secured', 'bare', 'cpuMicroseconds'),
    ),
    atMost(
      1.9,
      '×',
      '… and traces of 1 % of the requests',
      ratio('create', 'traced', 'bare', 'cpuMicroseconds'),
    ),
    atMost(
      0.3,
      '×',
      'a forged token: CPU, relative to a create with a good one',
      report.refusedTokens?.forged.median,
    ),
    atMost(0.3, '×', 'the same one again', report.refusedTokens?.same.median),
    atMost(0.3, '×', 'a flood of forged ones, by default', report.refusedTokens?.flood.median),
    atMost(
      1,
      '×',
      'a page of 100: CPU per operation, relative to the SDK at defaults',
      ratio('page', 'vestibule', 'sdk', 'cpuMicroseconds'),
    ),
    atLeast(
      2,
      '×',
      "create: throughput, relative to Apollo Server's",
      ratio('create', 'vestibule', 'apollo', 'operationsPerSecond'),
    ),
    atLeast(
      1.5,
      '×',
      "create: throughput, relative to Mercurius + JIT's",
      ratio('create', 'vestibule', 'mercurius', 'operationsPerSecond'),
    ),
    atMost(2, '×', "create at 60 % of capacity: p99, relative to the bare server's", tail(0.6)),
    atMost(2, '×', 'the same at 80 %', tail(0.8)),
    atMost(HEAP_NOISE_MIB, ' MiB', 'growth of the heap with uptime', uptime && heapGrowthMiB(uptime)),
    atMost(300, ' ms', 'production build: start to the first 200', startUp?.productionMs.median),
    atMost(110, ' MiB', 'production build: idle RSS', startUp?.idleMiB.median),
    atMost(1_500, ' ms', 'npm start with local AWS: start to the first answer', startUp?.npmStartMs.median),
    atMost(50, ' calls', 'nodes of 50 users: calls to AWS', report.nodeCalls),
    atMost(
      1.3,
      '×',
      'nodes of 50 users: wall time, relative to a loop over the SDK',
      report.nodesWallTime?.median,
    ),
    atMost(1.3, '×', 'the same with 20 ms to AWS', report.nodesWallTimeAtDistance?.median),
  ].flat();
}

function atMost(limit: number, unit: string, text: string, measured: number | undefined): Target[] {
  if (measured === undefined) return [];
  return [{ text, limit, kind: 'at most', unit, measured, met: measured <= limit }];
}

function atLeast(limit: number, unit: string, text: string, measured: number | undefined): Target[] {
  if (measured === undefined) return [];
  return [{ text, limit, kind: 'at least', unit, measured, met: measured >= limit }];
}
