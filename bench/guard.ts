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
import {
  type BadTokens,
  badTokens,
  floodSettings,
  measureRefusedTokens,
  type RefusedTokens,
  relativeToCreate,
} from './checks/refused-tokens.ts';
import { checkSameAnswers } from './checks/same-answers.ts';
import { type ContestantId, only, startContestants } from './contestants/index.ts';
import { startOperated } from './contestants/operated.ts';
import type { VestibuleProcess } from './contestants/vestibule.ts';
import { limitTime } from './processes.ts';
import { takeTurns, titleOf, type WorkloadResult, warmUp } from './stage.ts';
import { ratioOf } from './statistics.ts';
import { startUpstream } from './upstream/index.ts';

interface Guarded {
  readonly workload: 'create' | 'page';
  /** The most CPU time per operation that is accepted, relative to the bare server. */
  readonly limits: Readonly<Partial<Record<ContestantId, number>>>;
  /** After these, V8 has compiled most of the code for the last time. */
  readonly warmUpOperations: number;
}

const guarded: readonly Guarded[] = [
  { workload: 'create', limits: { vestibule: 2.4, secured: 2.8, traced: 3 }, warmUpOperations: 60_000 },
  { workload: 'page', limits: { vestibule: 3.2 }, warmUpOperations: 1_500 },
];

/** The most CPU time of a refused token that is accepted, relative to a create with a good one. */
const refusedLimits: Readonly<Record<BadTokens, number>> = { forged: 0.8, same: 0.45, flood: 0.45 };

/** AWS describes users one by one. */
const NODE_CALLS = 50;

/** Many short rounds: a shared machine is faster or slower for seconds, and what takes turns should be so together. */
const rounds = { rounds: 9, load: { concurrency: 32, rampMs: 50, durationMs: 350 } } as const;

limitTime(600_000);

const upstream = await startUpstream('stub');
const running = await startContestants(upstream.url, ['sdk', 'bare', 'vestibule', 'secured', 'traced']);
let passed = true;
for (const { workload, limits, warmUpOperations } of guarded) {
  const ids = Object.keys(limits) as ContestantId[];
  const compared = only(running, ['bare', ...ids]);
  await checkSameAnswers(upstream, compared, workload);
  await warmUp(upstream, compared, workload, warmUpOperations);
  // Its ratio is for information only, and its operations take long.
  await warmUp(upstream, only(running, ['sdk']), workload, warmUpOperations / 3);
  const plan = { workload, ...rounds };
  const first = await takeTurns(upstream, only(running, ['sdk', 'bare', ...ids]), plan, () => undefined);
  for (const id of ids) {
    const limit = limits[id] ?? 0;
    let result = first;
    if (relativeToBare(result, id).median > limit) {
      console.log(`${describe(result, id)}: measured again.`);
      result = together(
        result,
        await takeTurns(upstream, only(running, ['bare', id]), plan, () => undefined),
      );
    }
    console.log(`${describe(result, id)}; at most ${limit} is accepted.`);
    passed &&= relativeToBare(result, id).median <= limit;
  }
}
const verifying = running.get('secured') as VestibuleProcess;
const flooded = await startOperated(upstream.url, 'flooded', floodSettings);
await warmUp(upstream, new Map([['secured', flooded]]), 'create', 15_000);
for (const kind of badTokens) {
  const limit = refusedLimits[kind];
  const secured = kind === 'flood' ? flooded : verifying;
  let samples = await measureRefusedTokens(upstream, secured, kind, rounds);
  if (relativeToCreate(samples).median > limit) {
    console.log(`${describeRefused(kind, samples)}: measured again.`);
    const { refusals, creates } = await measureRefusedTokens(upstream, secured, kind, rounds);
    samples = {
      refusals: [...samples.refusals, ...refusals],
      creates: [...samples.creates, ...creates],
    };
  }
  console.log(`${describeRefused(kind, samples)}; at most ${limit} is accepted.`);
  passed &&= relativeToCreate(samples).median <= limit;
}
const { url } = running.get('vestibule') as VestibuleProcess;
const nodeCalls = await countNodeCalls(upstream, url);
console.log(`nodes of 50 users: ${nodeCalls} calls to AWS; ${NODE_CALLS} are accepted.`);
process.exit(passed && nodeCalls === NODE_CALLS ? 0 : 1);

/** The samples of both. */
function together(one: WorkloadResult, other: WorkloadResult): WorkloadResult {
  const ids = Object.keys(other.samples) as ContestantId[];
  const both = ids.map(id => [id, [...(one.samples[id] ?? []), ...(other.samples[id] ?? [])]] as const);
  return { ...one, samples: { ...one.samples, ...Object.fromEntries(both) } };
}

function relativeToBare(result: WorkloadResult, id: ContestantId) {
  return ratioOf(result, id, 'bare', 'cpuMicroseconds');
}

function describeRefused(kind: BadTokens, samples: RefusedTokens): string {
  const { median, min, max } = relativeToCreate(samples);
  return `a refused token (${kind}): CPU ${median.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)}) × a create`;
}

function describe(result: WorkloadResult, id: ContestantId): string {
  const { median, min, max } = relativeToBare(result, id);
  const sdk = ratioOf(result, id, 'sdk', 'cpuMicroseconds');
  return (
    `${result.workload}, ${titleOf(id)}: CPU per operation ${median.toFixed(2)} (${min.toFixed(2)} to ` +
    `${max.toFixed(2)}) × the bare server, ${sdk.median.toFixed(2)} × the SDK at its defaults`
  );
}
