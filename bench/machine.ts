/**
 * `node bench/machine.ts`: how far p99 is from p50 at a part of the capacity when the server always does the same,
 * to know what part of Vestibule's tail is the machine's. They take turns with Vestibule.
 */
import { measurePaced, type PacedServer } from './checks/paced.ts';
import { loadOverHttp } from './contestants/http-load.ts';
import { startVestibule } from './contestants/vestibule.ts';
import { bareEnvironment } from './environment.ts';
import { limitTime, nextMessage, pidOf, startModule } from './processes.ts';
import { nextNumbers } from './stage.ts';
import { summaryOf } from './statistics.ts';
import { startStub } from './upstream/index.ts';

const ROUNDS = 6;
const SHARES = [0.6, 0.8];
const plan = { rounds: ROUNDS, durationMs: 3_000 };
const warmUp = { concurrency: 32, rampMs: 0, durationMs: 5_000 };

limitTime(600_000);

const stub = await startStub();
const servers = new Map<string, PacedServer>([
  ['Vestibule', await startVestibule(stub.url)],
  ['calculates only', await startControl(0)],
  ['works in 4 MiB', await startControl(4)],
  ['works in 16 MiB', await startControl(16)],
]);
for (const server of servers.values()) {
  await server.measure({ workload: 'create', world: { userIds: [] }, firstNumber: nextNumbers() }, warmUp);
}
for (const share of SHARES) {
  const result = await measurePaced(servers, share, plan);
  for (const name of servers.keys()) {
    const { median, min, max } = summaryOf(result, name, 'spread');
    const text = `${median.toFixed(1)} (${min.toFixed(1)} to ${max.toFixed(1)})`;
    console.log(`${share * 100} % of capacity, ${name}: p99 is ${text} × p50`);
  }
}
process.exit();

async function startControl(mebibytes: number): Promise<PacedServer> {
  const child = startModule(new URL('contestants/control.ts', import.meta.url), {
    name: `control-${mebibytes}`,
    env: bareEnvironment,
    args: [String(mebibytes)],
  });
  const { url } = await nextMessage<{ url: string }>(child);
  return { url, measure: (job, load) => loadOverHttp({ url, pid: pidOf(child) }, job, load) };
}
