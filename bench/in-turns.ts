/**
 * `node bench/in-turns.ts <folder> [rounds]`: the CPU time of creates by another version of Vestibule, whose production build
 * is in that folder, in turns with the bare server and with this version in three of its configurations.
 *
 * How much a version costs, as a multiple of the bare server, differs from machine to machine; how much one version costs
 * relative to another differs less.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Contestant, type ContestantId, startContestants } from './contestants/index.ts';
import { startVestibule } from './contestants/vestibule.ts';
import { limitTime } from './processes.ts';
import { takeTurns, titleOf, warmUp } from './stage.ts';
import { ratioOf, summaryOf } from './statistics.ts';
import { startUpstream } from './upstream/index.ts';

const ROUNDS = 31;

/** What 1 % of the requests run is compiled after a hundred times as many. */
const WARM_UP_OPERATIONS = 120_000;

const OTHER = 'other';

const [, , folder = '', rounds = String(ROUNDS)] = process.argv;
const entry = resolve(folder, 'dist/main.mjs');
if (folder === '' || !existsSync(entry) || !/^[1-9]\d{0,3}$/.test(rounds)) {
  console.error(
    'Usage: node bench/in-turns.ts <folder> [rounds], where `npm run build` has built another version in the folder',
  );
  process.exit(2);
}

limitTime(1_200_000);

const upstream = await startUpstream('stub');
const ids = ['bare', 'vestibule', 'secured', 'traced'] as const;
const running = new Map<ContestantId | typeof OTHER, Contestant>(await startContestants(upstream.url, ids));
running.set(OTHER, await startVestibule(upstream.url, { name: OTHER, entry }));
await warmUp(upstream, running, 'create', WARM_UP_OPERATIONS);
const load = { concurrency: 32, rampMs: 50, durationMs: 350 };
const plan = { workload: 'create', rounds: Number(rounds), load } as const;
const result = await takeTurns(upstream, running, plan, () => undefined);
for (const id of running.keys()) {
  const title = id === OTHER ? `Vestibule of ${folder}` : titleOf(id);
  const { median } = summaryOf(result, id, 'cpuMicroseconds');
  console.log(
    `${title}: ${median.toFixed(0)} µs, ${relativeTo('bare')} × the bare server, ${relativeTo(OTHER)} × the other`,
  );

  function relativeTo(base: 'bare' | typeof OTHER): string {
    const ratio = ratioOf(result, id, base, 'cpuMicroseconds');
    return `${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)} to ${ratio.max.toFixed(2)})`;
  }
}
process.exit(0);
