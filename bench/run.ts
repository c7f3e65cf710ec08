/** `npm run bench`: measures Vestibule beside the AWS SDK and other GraphQL servers. See README.md. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { countNodeCalls, measureNodesWallTime } from './checks/node-look-ups.ts';
import { measurePaced, type PacedServer } from './checks/paced.ts';
import { floodSettings, measureRefusedTokens, relativeToCreate } from './checks/refused-tokens.ts';
import { measureStartUp } from './checks/start-up.ts';
import { measureUptime } from './checks/uptime.ts';
import { type ContestantId, only, startContestants } from './contestants/index.ts';
import { startOperated } from './contestants/operated.ts';
import type { VestibuleProcess } from './contestants/vestibule.ts';
import { resultsFolder } from './files.ts';
import { full, quick, type RunPlan } from './plans.ts';
import { foreignCores, limitTime } from './processes.ts';
import { plot } from './report/plot.ts';
import { describeCommit, describeMachine, type Report } from './report/report.ts';
import { printReport } from './report/table.ts';
import { checkTargets } from './report/targets.ts';
import { runStage, type Stage, type WorkloadResult } from './stage.ts';
import { startStub, type UpstreamKind } from './upstream/index.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** Only this upstream. */
    upstream: { type: 'string' },
    /** Where the JSON and the plot go. */
    out: { type: 'string', default: resultsFolder },
  },
});

const startedAt = performance.now();
const plan = options.quick ? quick : full;
limitTime(plan.limitMs);

const report = await measure(plan, options.upstream as UpstreamKind | undefined);
const folder = resolve(options.out);
mkdirSync(folder, { recursive: true });
writeFileSync(
  `${folder}/results.json`,
  `${JSON.stringify({ ...report, targets: checkTargets(report) }, null, 2)}\n`,
);
writeFileSync(`${folder}/plot.svg`, plot(report));
console.log(`\n${printReport(report)}\n\nIn ${folder}: results.json, plot.svg`);

async function measure({ stages, ...checks }: RunPlan, upstream: UpstreamKind | undefined): Promise<Report> {
  const results: WorkloadResult[] = [];
  const found: Partial<Report>[] = [];
  for (const stagePlan of stages.filter(({ upstream: kind }) => !upstream || kind === upstream)) {
    const stage = await runStage(stagePlan, progress);
    results.push(...stage.results);
    if (stagePlan.upstream === 'stub') found.push(await checkAtStub(stage, checks));
    await stage.stop();
  }
  if (checks.distance) found.push({ nodesWallTimeAtDistance: await measureAtDistance(checks.distance) });
  progress('start-up');
  const startUp = await measureStartUp(checks.starts);
  return {
    date: new Date().toISOString(),
    machine: describeMachine(),
    commit: describeCommit(),
    foreignCores: foreignCores(),
    workloads: results,
    ...Object.assign({}, ...found),
    startUp,
  };
}

async function checkAtStub(
  { upstream, running }: Stage,
  { paced, nodes, uptime, refusals }: Omit<RunPlan, 'stages'>,
): Promise<Partial<Report>> {
  const servers = only(running, ['bare', 'vestibule']) as ReadonlyMap<ContestantId, PacedServer>;
  const pacedResults = [];
  for (const share of paced.shares) {
    progress(`${share * 100} % of capacity`);
    pacedResults.push(await measurePaced(servers, share, paced));
  }
  progress('nodes, one request at a time');
  const { url } = running.get('vestibule') as VestibuleProcess;
  const nodeCalls = await countNodeCalls(upstream, url);
  const nodesWallTime = await measureNodesWallTime(upstream, running, nodes);
  progress('refused tokens');
  const secured = running.get('secured') as VestibuleProcess;
  const flooded = await startOperated(upstream.url, 'flooded', floodSettings);
  const refusedTokens = {
    forged: relativeToCreate(await measureRefusedTokens(upstream, secured, 'forged', refusals)),
    same: relativeToCreate(await measureRefusedTokens(upstream, secured, 'same', refusals)),
    flood: relativeToCreate(await measureRefusedTokens(upstream, flooded, 'flood', refusals)),
  };
  await flooded.stop();
  if (uptime) progress('growth with uptime');
  return {
    paced: pacedResults,
    nodeCalls,
    nodesWallTime,
    refusedTokens,
    ...(uptime && { uptime: await measureUptime(upstream, uptime) }),
  };
}

/** As if AWS were 20 ms away. */
async function measureAtDistance(nodes: RunPlan['nodes']) {
  progress('nodes, with 20 ms to AWS');
  const stub = await startStub(20);
  const running = await startContestants(stub.url, ['sdk', 'vestibule']);
  const result = await measureNodesWallTime(stub, running, nodes);
  await Promise.all([...running.values()].map(contestant => contestant.stop()));
  await stub.stop();
  return result;
}

/** On standard error, with the time since the beginning; standard output is for the report. */
function progress(text: string): void {
  process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${text}\n`);
}
