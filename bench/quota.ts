/**
 * `node bench/quota.ts`: 1,000 creates that come twice as fast as AWS takes them, against local AWS that enforces its
 * quota: how many are refused, by whom, and how much of the quota is used. From the sources, no build is needed.
 *
 * Options: `--service identitystore|rekognition`, `--creates 1000`, `--quota <requests a second>` instead of AWS's.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { awsQuotas } from '../src/aws/models/quotas.ts';
import { postGraphQL } from './contestants/http-load.ts';
import { IDENTITY_STORE_ID, productFolder, vestibuleEnvironment } from './environment.ts';
import { freePort, logFile } from './files.ts';
import { startProgram, stopProcess, untilTrue } from './processes.ts';
import { startEnforcingAws } from './upstream/enforcing.ts';

const { values } = parseArgs({
  options: {
    service: { type: 'string', default: 'identitystore' },
    creates: { type: 'string', default: '1000' },
    quota: { type: 'string' },
  },
});

const mutations: Readonly<Record<string, (name: string) => string>> = {
  identitystore: name =>
    `createIdentityStoreUser(input: {userName: "${name}", displayName: "${name}", name: {givenName: "A", familyName: "B"}})`,
  rekognition: name => `createRekognitionUser(input: {collectionId: "employees", userId: "${name}"})`,
};

const mutation = mutations[values.service];
if (!mutation) throw new Error(`--service must be one of ${Object.keys(mutations).join(', ')}`);
const creates = Number(values.creates);
const facts = Object.values(awsQuotas).find(({ service }) => service === values.service);
const quota = Number(values.quota ?? facts?.perSecond);
const list = `aws,${values.service}=${quota}`;

const { localAws, admitted, throttled } = await startEnforcingAws(list);

const port = await freePort();
const log = logFile('vestibule-quota');
const gateway = startProgram(process.execPath, ['src/main.ts'], {
  cwd: productFolder,
  env: {
    ...vestibuleEnvironment(localAws.url, port),
    IDENTITY_STORE_ID,
    AWS_BUDGETS: list,
    // The last create comes when half of them wait.
    AWS_BUDGET_WAIT_MS: String(Math.ceil((creates / quota) * 1_000)),
  },
  stdio: ['ignore', log, log],
});
const url = `http://127.0.0.1:${port}/graphql`;
await untilTrue(
  'Vestibule',
  async () => (await postGraphQL(url, '{"query":"{ __typename }"}')).status === 200,
);

const outcomes = new Map<string, number>();
const waits: number[] = [];
const begin = performance.now();
let end = begin;

async function create(number: number): Promise<void> {
  await sleep((number * 1_000) / (2 * quota));
  const asked = performance.now();
  const query = `mutation { user: ${mutation?.(`quota-${number}`)} { __typename } }`;
  const { body } = await postGraphQL(url, JSON.stringify({ query }));
  end = performance.now();
  waits.push(end - asked);
  const { data } = JSON.parse(String(body)) as { data?: { user?: { __typename: string } } };
  const outcome = data?.user?.__typename ?? 'no answer';
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

await Promise.all(Array.from({ length: creates }, (_, number) => create(number)));
const seconds = (end - begin) / 1_000;
// What a second lets through at once is there at the beginning; the rest comes evenly.
const used = admitted.length / seconds / quota;
waits.sort((one, other) => one - other);
const median = waits[Math.floor(waits.length / 2)] ?? 0;
console.log(
  `${values.service}: ${quota} requests a second; ${creates} creates, offered at ${2 * quota} a second`,
);
for (const [outcome, count] of outcomes) console.log(`  ${outcome}: ${count}`);
console.log(`  throttled by AWS: ${throttled.length}`);
console.log(`  took ${seconds.toFixed(1)} s: ${(used * 100).toFixed(1)} % of the quota was used`);
console.log(
  `  waits: median ${(median / 1_000).toFixed(1)} s, longest ${((waits.at(-1) ?? 0) / 1_000).toFixed(1)} s`,
);
await stopProcess(gateway, 'SIGTERM');
await localAws.stop();
const succeeded = [...outcomes].every(([outcome]) => outcome.endsWith('Success'));
process.exit(succeeded && used >= 0.95 ? 0 : 1);
