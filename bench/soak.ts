/**
 * `npm run build && node bench/soak.ts [minutes]`: whether memory stays flat under a steady load as a service in use has it,
 * with tokens, audit and metrics on; 10 minutes by default. Creates, look-ups, pages, bad tokens and invalid documents take
 * turns, and each answer is checked. It fails when the heap after a full collection, or the memory in RAM, of the last three
 * minutes is above that of the minutes from the second to the fourth by more than a tenth (by medians).
 */
import { truncateSync } from 'node:fs';
import { openRefused } from './checks/refused-tokens.ts';
import { openRequests } from './contestants/http-load.ts';
import { auditOf, startOperated } from './contestants/operated.ts';
import { logPath } from './files.ts';
import { exchange, openConnections } from './http.ts';
import { pacedLoad } from './load.ts';
import { limitTime, nextMessage, residentBytes } from './processes.ts';
import { nextNumbers } from './stage.ts';
import { startUpstream } from './upstream/index.ts';
import type { WorkloadName } from './workloads.ts';

/** Together, for all kinds of requests. */
const PER_SECOND = 50;
/** In one request. */
const LOOK_UPS = 5;
const CONNECTIONS = 16;
const WARM_UP_MS = 10_000;
const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 5_000;
const COMPARED_MINUTES = 3;
const MAX_GROWTH = 0.1;
const NAME = 'soak';

const minutes = Number(process.argv[2] ?? 10);
limitTime(minutes * MINUTE_MS * 1.5 + 120_000);

const upstream = await startUpstream('stub');
const vestibule = await startOperated(
  upstream.url,
  NAME,
  {},
  {
    nodeOptions: ['--expose-gc', '--import', new URL('checks/heap-probe.ts', import.meta.url).href],
    channel: true,
  },
);

const { userIds } = await upstream.prepare('nodes');
const world = { userIds: userIds.slice(0, LOOK_UPS) };
const workload = (name: WorkloadName) =>
  openRequests(vestibule, { workload: name, world, firstNumber: nextNumbers() }, CONNECTIONS);
const kinds = [
  workload('create'),
  workload('nodes'),
  workload('page'),
  openRefused(vestibule, 'forged', CONNECTIONS),
  openInvalid(),
];
// Compilers and caches are busy for some ten thousand requests, and the collector lets memory grow meanwhile.
for (const name of ['create', 'nodes', 'page'] as const) {
  await vestibule.measure(
    { workload: name, world, firstNumber: nextNumbers() },
    { concurrency: 32, rampMs: 0, durationMs: WARM_UP_MS },
  );
}

let sent = 0;
const send = (): Promise<void> => (kinds[sent++ % kinds.length] as (typeof kinds)[0]).send();

interface Minute {
  readonly heapMiB: number;
  readonly residentMiB: number;
}

const measured: Minute[] = [];
while (measured.length < minutes) {
  const resident: number[] = [];
  const looking = setInterval(() => resident.push(residentBytes(vestibule.pid)), LOOK_EVERY_MS);
  const load = await pacedLoad({ perSecond: PER_SECOND, rampMs: 0, durationMs: MINUTE_MS }, send);
  clearInterval(looking);
  if (!load.keepsUp) throw new Error(`It does not keep up with ${PER_SECOND} requests a second.`);
  for (const log of [NAME, auditOf(NAME)]) truncateSync(logPath(log));
  vestibule.child.send('collect');
  const { heapBytes } = await nextMessage<{ heapBytes: number }>(vestibule.child);
  const minute = { heapMiB: heapBytes / 2 ** 20, residentMiB: median(resident) / 2 ** 20 };
  measured.push(minute);
  console.log(
    `minute ${measured.length}, ${sent} requests: heap ${minute.heapMiB.toFixed(1)} MiB, ` +
      `resident ${minute.residentMiB.toFixed(0)} MiB, p99 ${load.p99Ms.toFixed(1)} ms`,
  );
}
await Promise.all(kinds.map(({ close }) => close()));
await vestibule.stop();
await upstream.stop();

const early = measured.slice(1, 1 + COMPARED_MINUTES);
const late = measured.slice(-COMPARED_MINUTES);
for (const [title, member] of [
  ['heap', 'heapMiB'],
  ['resident', 'residentMiB'],
] as const) {
  const before = median(early.map(minute => minute[member]));
  const after = median(late.map(minute => minute[member]));
  const growth = after / before - 1;
  console.log(
    `${title}: ${before.toFixed(1)} MiB in the minutes 2 to ${1 + COMPARED_MINUTES}, ` +
      `${after.toFixed(1)} MiB in the last ${COMPARED_MINUTES} (${(growth * 100).toFixed(1)} %)`,
  );
  // Also when there are too few minutes for both.
  if (!(growth <= MAX_GROWTH)) process.exitCode = 1;
}

/** Documents that are not valid, each unlike any other. */
function openInvalid() {
  const { origin, pathname } = new URL(vestibule.url);
  const pool = openConnections(origin, CONNECTIONS);
  const headers = { 'content-type': 'application/json', ...vestibule.headers };
  let n = nextNumbers();
  return {
    send: async (): Promise<void> => {
      const field = `nothing${n++}`;
      const body = JSON.stringify({ query: `{ nodes(ids: []) { ${field} } }` });
      const answer = await exchange(pool, { path: pathname, method: 'POST', headers, body });
      if (!answer.body.includes(`Cannot query field \\"${field}\\"`)) {
        throw new Error(`An invalid document was answered ${answer.status} ${answer.body.toString()}`);
      }
    },
    close: () => pool.close(),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
