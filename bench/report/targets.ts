/** What the project promises about its speed, and whether a run bears it out. */
import { heapGrowthMiB } from '../checks/uptime.ts';
import type { ContestantId } from '../contestants/index.ts';
import { type Metric, ratioOf } from '../stage.ts';
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
  const create = (id: ContestantId, base: ContestantId, metric: Metric) => {
    const result = report.workloads.find(
      ({ upstream, workload }) => workload === 'create' && upstream === 'stub',
    );
    return result && ratioOf(result, id, base, metric).median;
  };
  const { paced, startUp, uptime } = report;
  return [
    atMost(
      0.6,
      '×',
      'create: CPU per operation, relative to the SDK at defaults',
      create('vestibule', 'sdk', 'cpuMicroseconds'),
    ),
    atLeast(
      2,
      '×',
      "create: throughput, relative to Apollo Server's",
      create('vestibule', 'apollo', 'operationsPerSecond'),
    ),
    atLeast(
      1.5,
      '×',
      "create: throughput, relative to Mercurius + JIT's",
      create('vestibule', 'mercurius', 'operationsPerSecond'),
    ),
    atMost(
      3,
      '×',
      'create at 80 % of capacity: p99, relative to p50',
      paced?.find(({ share }) => share === 0.8)?.spread.median,
    ),
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
