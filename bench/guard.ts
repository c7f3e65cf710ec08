/**
 * `npm run bench:guard`: fails when Vestibule became slow, for CI.
 *
 * It compares CPU time with that of the bare server in the same run, and counts calls; it never compares times with
 * those of another run. Relative to the SDK, two machines of one kind gave 0.36 and 0.63 for the same commit: what the
 * SDK does more of, another machine does at another speed. That ratio is only printed.
 *
 * When the median of the rounds is above a limit, as many rounds again are measured, and the median of all decides.
 */
import { countNodeCalls } from './checks/node-look-ups.ts';
import { checkSameAnswers } from './checks/same-answers.ts';
import { only, startContestants, type VestibuleProcess } from './contestants/index.ts';
import { limitTime } from './processes.ts';
import { takeTurns, type WorkloadResult, warmUp } from './stage.ts';
import { ratioOf } from './statistics.ts';
import { startUpstream } from './upstream/index.ts';

interface Limit {
  readonly workload: 'create' | 'page';
  /** CPU time per operation, relative to the bare server. */
  readonly limit: number;
  /** After these, V8 has compiled most of the code for the last time. */
  readonly warmUpOperations: number;
}

const limits: readonly Limit[] = [
  { workload: 'create', limit: 2.8, warmUpOperations: 15_000 },
  { workload: 'page', limit: 4, warmUpOperations: 1_500 },
];

/** AWS describes users one by one. */
const NODE_CALLS = 50;

/** Many short rounds: a shared machine is faster or slower for seconds, and what takes turns should be so together. */
const rounds = { rounds: 9, load: { concurrency: 32, rampMs: 50, durationMs: 350 } } as const;

limitTime(180_000);

const upstream = await startUpstream('stub');
const running = await startContestants(upstream.url, ['sdk', 'bare', 'vestibule']);
const compared = only(running, ['bare', 'vestibule']);
let passed = true;
for (const { workload, limit, warmUpOperations } of limits) {
  await checkSameAnswers(upstream, running, workload);
  await warmUp(upstream, compared, workload, warmUpOperations);
  // Its ratio is for information only, and its operations take long.
  await warmUp(upstream, only(running, ['sdk']), workload, warmUpOperations / 3);
  const plan = { workload, ...rounds };
  let result = await takeTurns(upstream, running, plan, () => undefined);
  if (relativeToBare(result).median > limit) {
    console.log(`${describe(result)}: measured again.`);
    result = together(result, await takeTurns(upstream, compared, plan, () => undefined));
  }
  console.log(`${describe(result)}; at most ${limit} is accepted.`);
  passed &&= relativeToBare(result).median <= limit;
}
const { url } = running.get('vestibule') as VestibuleProcess;
const nodeCalls = await countNodeCalls(upstream, url);
console.log(`nodes of 50 users: ${nodeCalls} calls to AWS; ${NODE_CALLS} are accepted.`);
process.exit(passed && nodeCalls === NODE_CALLS ? 0 : 1);

/** The samples of both; only the first has some of the SDK. */
function together(one: WorkloadResult, other: WorkloadResult): WorkloadResult {
  const { sdk = [], bare = [], vestibule = [] } = one.samples;
  return {
    ...one,
    samples: {
      sdk,
      bare: [...bare, ...(other.samples.bare ?? [])],
      vestibule: [...vestibule, ...(other.samples.vestibule ?? [])],
    },
  };
}

function relativeToBare(result: WorkloadResult) {
  return ratioOf(result, 'vestibule', 'bare', 'cpuMicroseconds');
}

function describe(result: WorkloadResult): string {
  const { median, min, max } = relativeToBare(result);
  const sdk = ratioOf(result, 'vestibule', 'sdk', 'cpuMicroseconds');
  return (
    `${result.workload}: CPU per operation ${median.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)}) × the ` +
    `bare server, ${sdk.median.toFixed(2)} × the SDK at its defaults`
  );
}
