/** A report as text. */
import type { PacedResult, PacedSample } from '../checks/paced.ts';
import type { ContestantId } from '../contestants/index.ts';
import { type Metric, titleOf, type WorkloadResult } from '../stage.ts';
import { ratioOf, type Summary, summaryOf } from '../statistics.ts';
import { workloads } from '../workloads.ts';
import type { Report } from './report.ts';
import { checkTargets, type Target } from './targets.ts';

/** A server that needs a core needs it to itself, and the load generator and the upstream want the other one. */
const MAX_FOREIGN_CORES = 0.1;

const upstreamTitles = { stub: 'a stub', local: 'local AWS' } as const;

export function printReport(report: Report): string {
  const { machine, paced, startUp, uptime } = report;
  return [
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB; ${machine.system}; Node.js ${machine.node}; commit ${report.commit}`,
    `Other programs kept ${report.foreignCores.toFixed(2)} cores busy meanwhile.${report.foreignCores > MAX_FOREIGN_CORES ? ' That is too much: latencies and throughput are not to be trusted.' : ''}`,
    'Medians of the rounds (lowest to highest). × is relative to the SDK at its defaults or to the bare server, round by round.',
    ...report.workloads.map(printWorkload),
    paced?.map(printPaced).join('\n\n'),
    startUp &&
      `Production build: first 200 after ${range(startUp.productionMs, 0)} ms, idle RSS ${range(startUp.idleMiB, 0)} MiB. npm start: first answer after ${range(startUp.npmStartMs, 0)} ms.`,
    uptime &&
      `Heap after a garbage collection (RSS), MiB: ${uptime.map(point => `${point.heapMiB.toFixed(1)} (${point.residentMiB.toFixed(0)}) after ${point.requests} requests`).join(', ')}`,
    printTargets(checkTargets(report)),
  ]
    .filter(part => part !== undefined)
    .join('\n\n');
}

function printWorkload(result: WorkloadResult): string {
  const header = [
    '',
    'ops/s',
    '× SDK',
    'p50 ms',
    'p99 ms',
    'CPU µs/op',
    '× SDK',
    '× bare',
    'RSS MiB',
    'cores',
    'upstream µs/op',
  ];
  const rows = (Object.keys(result.samples) as ContestantId[]).map(id => {
    const of = (metric: Metric) => summaryOf(result, id, metric);
    const ratio = (base: ContestantId, metric: Metric) => ratioOf(result, id, base, metric).median.toFixed(2);
    return [
      titleOf(id),
      range(of('operationsPerSecond'), 0),
      ratio('sdk', 'operationsPerSecond'),
      of('p50Ms').median.toFixed(2),
      of('p99Ms').median.toFixed(2),
      range(of('cpuMicroseconds'), 0),
      ratio('sdk', 'cpuMicroseconds'),
      ratio('bare', 'cpuMicroseconds'),
      of('residentMiB').median.toFixed(0),
      coresOf(result, id).toFixed(2),
      of('upstreamCpuMicroseconds').median.toFixed(0),
    ];
  });
  const title = `${workloads[result.workload].title}, upstream: ${upstreamTitles[result.upstream]}`;
  return `${title}\n${columns([header, ...rows])}`;
}

/** How much of the CPU the contestant had; well below 1, something else was the bottleneck. */
function coresOf(result: WorkloadResult, id: ContestantId): number {
  const perSecond = summaryOf(result, id, 'operationsPerSecond').median;
  return (perSecond * summaryOf(result, id, 'cpuMicroseconds').median) / 1e6;
}

function printPaced(result: PacedResult): string {
  const rows = (Object.keys(result.samples) as ContestantId[]).map(id => {
    const of = (metric: keyof PacedSample) => summaryOf(result, id, metric);
    const ratio = ratioOf(result, id, 'bare', 'p99Ms');
    return [
      titleOf(id),
      range(of('perSecond'), 0),
      range(of('p50Ms'), 2),
      range(of('p99Ms'), 2),
      range(of('spread'), 1),
      range(ratio, 1),
    ];
  });
  const header = ['', 'ops/s', 'p50 ms', 'p99 ms', 'p99, × p50', 'p99, × bare'];
  return `create at ${result.share * 100} % of each server's own capacity\n${columns([header, ...rows])}`;
}

function printTargets(targets: readonly Target[]): string {
  const rows = targets.map(({ text, kind, limit, unit, measured, met }) => [
    text,
    `${kind} ${limit}${unit}`,
    `${Number(measured.toPrecision(3))}${unit}`,
    met ? 'met' : 'MISSED',
  ]);
  return `Targets\n${columns(rows)}`;
}

function range({ median, min, max }: Summary, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows
    .map(row => row.map((cell, column) => pad(cell, widths[column] ?? 0, column > 0)).join('  '))
    .join('\n');
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width);
}
