/**
 * `node bench/jobs.ts [rows] [gateways] [quota]`: a bulk job of so many creates (10,000 by default) at AWS's quota
 * (or another), against local AWS that enforces it, by one gateway or by several that share a database: how long it takes
 * relative to what the quota allows, how much AWS throttles, how many requests came in any second, and how the gateways' memory
 * grows. From the sources, no build is needed. With the quota of 20 a second, 10,000 rows take 8 minutes 20 seconds.
 *
 * It fails when the job takes longer than 1.05 times what the quota allows, when AWS throttled 1 % of the requests, when a second
 * after the first five saw more than the quota and 5 %, or when a row was not created exactly once.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { awsQuotas } from '../src/aws/models/quotas.ts';
import { postGraphQL } from './contestants/http-load.ts';
import { IDENTITY_STORE_ID, productFolder, vestibuleEnvironment } from './environment.ts';
import { freePort, logFile } from './files.ts';
import { pidOf, residentBytes, startProgram, stopProcess, untilTrue } from './processes.ts';
import { identityStore, openSignedCalls } from './signed-calls.ts';
import { startEnforcingAws } from './upstream/enforcing.ts';

const LOOK_EVERY_MS = 1_000;
const SECOND_MS = 1_000;
/** The first requests of a process take longer to leave it than those that go a little later. */
const WARM_UP_MS = 5_000;
const MEBIBYTE = 2 ** 20;

const count = Number(process.argv[2] ?? 10_000);
const gatewayCount = Number(process.argv[3] ?? 1);
const facts = Object.values(awsQuotas).find(({ service }) => service === 'identitystore');
const quota = Number(process.argv[4] ?? facts?.perSecond);
const list = `aws,identitystore=${quota}`;

const { localAws, admitted, throttled } = await startEnforcingAws(list);

const folder = mkdtempSync(join(tmpdir(), 'vestibule-bench-'));
// PostgreSQL refuses to run as root, and as another user it has to get there.
chmodSync(folder, 0o755);
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
// One after the other: the first makes the database.
const gateways: Awaited<ReturnType<typeof startGateway>>[] = [];
for (let number = 1; number <= gatewayCount; number += 1) gateways.push(await startGateway(number));
const [first] = gateways as [(typeof gateways)[number]];

const names = Array.from({ length: count }, (_, at) => `job-${at}`);
const rows = names.map(userName =>
  JSON.stringify({ userName, displayName: userName, name: { givenName: 'A', familyName: 'B' } }),
);
const form = new FormData();
const query =
  'mutation ($file: Upload) { asked: importIdentityStoreUsers(input: { source: { ndjson: $file } }) { ... on ImportIdentityStoreUsersSuccess { job { id } } ... on Error { message } } }';
form.set('operations', JSON.stringify({ query, variables: { file: null } }));
form.set('map', '{"0": ["variables.file"]}');
form.set('0', new Blob([`${rows.join('\n')}\n`]), 'rows.ndjson');
const asked = (await (
  await fetch(first.url, { method: 'POST', headers: { 'apollo-require-preflight': 'true' }, body: form })
).json()) as { data?: { asked?: { job?: { id: string } } } };
const id = asked.data?.asked?.job?.id;
if (id === undefined) throw new Error(`The job was not taken: ${JSON.stringify(asked)}`);

const begin = performance.now();
const memory: number[][] = [];
let state = '';
while (state !== 'COMPLETED') {
  await sleep(LOOK_EVERY_MS);
  memory.push(gateways.map(({ pid }) => residentBytes(pid) / MEBIBYTE));
  state = await stateOf(id);
  if (['FAILED', 'STOPPED', 'INVALID', 'CANCELLED'].includes(state)) throw new Error(`The job is ${state}.`);
}
const took = (performance.now() - begin) / SECOND_MS;

const allowed = count / quota;
const requests = [...admitted, ...throttled].toSorted((one, other) => one - other);
const [firstAt = 0] = requests;
const busiest = busiestSecond(requests);
const busiestOnceWarm = busiestSecond(requests.filter(at => at > firstAt + WARM_UP_MS));
const exact = await createdOnce();
console.log(`${count} creates by ${gatewayCount} gateway(s), at ${quota} requests a second`);
console.log(`  took ${took.toFixed(1)} s: ${(took / allowed).toFixed(3)} × what the quota allows`);
console.log(
  `  requests: ${requests.length}, throttled by AWS: ${throttled.length}; the busiest second had ${busiest}, and ${busiestOnceWarm} later than five after the first`,
);
console.log(`  each row created once: ${exact}`);
for (const [at, { pid }] of gateways.entries()) {
  const samples = memory.map(each => each[at] ?? 0);
  const third = Math.floor(samples.length / 3);
  console.log(
    `  memory of gateway ${at + 1} (${pid}), MiB: ${median(samples.slice(third, 2 * third)).toFixed(0)} in the second third, ${median(samples.slice(-third)).toFixed(0)} in the last`,
  );
}
for (const { stop } of gateways) await stop();
await localAws.stop();
const isGood =
  took <= 1.05 * allowed &&
  throttled.length < 0.01 * requests.length &&
  busiestOnceWarm <= 1.05 * quota &&
  exact;
process.exit(isGood ? 0 : 1);

async function startGateway(number: number) {
  const port = await freePort();
  const log = logFile(`vestibule-jobs-${number}`);
  const child = startProgram(process.execPath, ['src/main.ts'], {
    cwd: productFolder,
    env: {
      ...vestibuleEnvironment(localAws.url, port),
      AWS_BUDGETS: list,
      IDENTITY_STORE_ID,
      DATABASE_FOLDER: folder,
      SHARED_BUDGETS: gatewayCount > 1 ? 'on' : 'auto',
    },
    stdio: ['ignore', log, log],
  });
  const url = `http://127.0.0.1:${port}/graphql`;
  await untilTrue(
    'Vestibule',
    async () => (await postGraphQL(url, '{"query":"{ __typename }"}')).status === 200,
  );
  return { url, pid: pidOf(child), stop: () => stopProcess(child, 'SIGTERM') };
}

async function stateOf(job: string): Promise<string> {
  const text = `{ node(id: "${job}") { ... on Job { state } } }`;
  const { body } = await postGraphQL(first.url, JSON.stringify({ query: text }));
  const { data } = JSON.parse(String(body)) as { data: { node: { state: string } } };
  return data.node.state;
}

/** Whether AWS has a user for each row, and each of them once. */
async function createdOnce(): Promise<boolean> {
  localAws.throttle.set('off');
  const { call, close } = openSignedCalls(localAws.url);
  const found: unknown[] = [];
  let token: unknown;
  do {
    const { output } = await call(identityStore, 'ListUsers', {
      IdentityStoreId: IDENTITY_STORE_ID,
      ...(token !== undefined && { NextToken: token }),
    });
    const users = output['Users'] as readonly { UserName: string }[];
    found.push(...users.map(({ UserName }) => UserName));
    token = output['NextToken'];
  } while (token !== undefined);
  await close();
  const counts = Map.groupBy(found, name => name);
  return names.every(name => counts.get(name)?.length === 1);
}

/** The most that came within a second. */
function busiestSecond(times: readonly number[]): number {
  let [most, from] = [0, 0];
  for (const [at, time] of times.entries()) {
    while ((times[from] as number) <= time - SECOND_MS) from += 1;
    most = Math.max(most, at - from + 1);
  }
  return most;
}

function median(samples: readonly number[]): number {
  return samples.toSorted((one, other) => one - other)[Math.floor(samples.length / 2)] ?? 0;
}
