import { startVestibule } from './contestants/index.ts';
import { openRequests } from './contestants/http-load.ts';
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { readFileSync } from 'node:fs';
import { pacedLoad } from './load.ts';
import { startUpstream } from './upstream/index.ts';
const stub = await startUpstream('stub');
const v = await startVestibule(stub.url, { nodeOptions: process.argv.slice(2) });
let n = 0;
const job = () => ({ workload: 'create' as const, world: { userIds: [] }, firstNumber: (n += 1_000_000) });
await v.measure(job(), { concurrency: 32, rampMs: 6000, durationMs: 3000 });
const steal = () => readFileSync('/proc/stat', 'utf8').split('\n')[0]!.split(/\s+/).slice(1).map(Number);
for (let i = 0; i < 6; i++) {
  const r = await v.measure(job(), { concurrency: 32, rampMs: 200, durationMs: 1000 });
  const requests = openRequests(v.url, job(), 256);
  const d = monitorEventLoopDelay({ resolution: 1 });
  d.enable();
  const s0 = steal();
  const p = await pacedLoad(
    { perSecond: 0.8 * r.operationsPerSecond, rampMs: 500, durationMs: 2500 },
    requests.send,
  );
  const s1 = steal();
  d.disable();
  console.log(
    r.operationsPerSecond | 0,
    r.cpuMicroseconds | 0,
    r.p99Ms,
    '| paced',
    p.p50Ms,
    p.p99Ms,
    '| gen delay p50/p99/max ms',
    d.percentile(50) / 1e6,
    d.percentile(99) / 1e6,
    d.max / 1e6,
    '| user,nice,sys,idle,iow,irq,sirq,steal',
    s1
      .map((x, i) => x - s0[i]!)
      .slice(0, 8)
      .join(' '),
  );
  await requests.close();
}
await v.stop();
await stub.stop();
