/**
 * `node bench/soak.ts [minutes]`: whether memory stays flat under load, with the audit trail on; 10 minutes by default.
 * Each point is the heap after a full collection. It fails when the second half of the points lies above the first by
 * more than noise.
 */
import { truncateSync } from 'node:fs';
import { startVestibule } from './contestants/vestibule.ts';
import { logFile, logPath } from './files.ts';
import { limitTime, nextMessage, residentBytes } from './processes.ts';
import { nextNumbers } from './stage.ts';
import { startUpstream } from './upstream/index.ts';

const SLICE_MS = 10_000;

/** Points before code is compiled and caches are full. */
const WARM_UP_POINTS = 3;

const MAX_GROWTH_MIB = 2;

const minutes = Number(process.argv[2] ?? 10);
const points = Math.ceil((minutes * 60_000) / SLICE_MS);
limitTime(minutes * 60_000 * 2 + 120_000);

logFile('audit');
const upstream = await startUpstream('stub');
const vestibule = await startVestibule(upstream.url, {
  entry: 'src/main.ts',
  nodeOptions: ['--expose-gc', '--import', new URL('checks/heap-probe.ts', import.meta.url).href],
  channel: true,
  env: { AUDIT: logPath('audit') },
});

const heaps: number[] = [];
let requests = 0;
for (let point = 0; point < points; point += 1) {
  const job = { workload: 'create', world: { userIds: [] }, firstNumber: nextNumbers() } as const;
  const { operations } = await vestibule.measure(job, { concurrency: 32, rampMs: 0, durationMs: SLICE_MS });
  requests += operations;
  truncateSync(logPath('audit'));
  vestibule.child.send('collect');
  const { heapBytes } = await nextMessage<{ heapBytes: number }>(vestibule.child);
  heaps.push(heapBytes / 2 ** 20);
  const resident = residentBytes(vestibule.pid) / 2 ** 20;
  console.log(
    `${requests} requests: heap ${heaps.at(-1)?.toFixed(1)} MiB, resident ${resident.toFixed(0)} MiB`,
  );
}
await vestibule.stop();
await upstream.stop();

const settled = heaps.slice(WARM_UP_POINTS);
const half = Math.floor(settled.length / 2);
const growth = median(settled.slice(half)) - median(settled.slice(0, half));
console.log(`From the first half to the second, the heap grew by ${growth.toFixed(2)} MiB.`);
// Also when there are too few points for two halves.
if (!(growth <= MAX_GROWTH_MIB)) process.exitCode = 1;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
