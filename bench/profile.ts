/**
 * `node bench/profile.ts [workload] [secured]`: where Vestibule spends its CPU time, from a profile of V8 under load. It
 * runs the production build, whose source maps tell the file of every function.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';
import { startSecured } from './contestants/operated.ts';
import { startVestibule } from './contestants/vestibule.ts';
import { resultsFolder } from './files.ts';
import type { LoadResult } from './load.ts';
import { limitTime } from './processes.ts';
import { nextNumbers } from './stage.ts';
import { startUpstream } from './upstream/index.ts';
import { type WorkloadName, workloadNames } from './workloads.ts';

interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
}

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** What a function is for, by the file or, after "#", the function; the first that fits. */
const layerPatterns: readonly (readonly [string, RegExp])[] = [
  ['AWS: sign', /signature-v4|src\/aws\/signer|#sign|httpAuthSchemes/],
  ['AWS: deserialize', /#deserialize|submodules\/protocols\/index\.js#_?read/],
  ['AWS: serialize', /#serialize|submodules\/protocols\/index\.js#(?:write|flush)/],
  ['AWS: connections (undici)', /node_modules\/undici|src\/aws\/transport/],
  ['AWS: checks of inputs', /node_modules\/zod|src\/adapter\/(?:issues|judged|members|request|unsendable)/],
  // The SDK's schemas are read by its serializers, to which they belong then.
  [
    'AWS: the rest of a call',
    /src\/(?:aws|adapter)|@aws-sdk|@smithy\/(?!core\/dist-cjs\/submodules\/schema)/,
  ],
  ['log (pino)', /node_modules\/(?:pino|sonic-boom)|src\/server\/operation-log/],
  ['audit', /src\/audit|src\/adapter\/(?:audited|native-ids)/],
  ['metrics', /src\/telemetry|prom-client/],
  ['guards and tokens', /src\/(?:server\/guards|server\/weight|server\/upstream-calls|auth)\//],
  ['GraphQL: resolvers', /src\/(?:schema|providers)|@pothos|dataloader/],
  ['GraphQL: execution', /node_modules\/graphql\/|@graphql-tools/],
  ['HTTP: requests and answers', /graphql-yoga|@whatwg-node|@envelop|lru-cache|src\/server/],
];

const WARM_UP_MS = 8_000;
const MEASURED_MS = 8_000;
const TOP = 40;

limitTime(120_000);
const [, , asked = 'create', operated] = process.argv;
const workload = workloadNames.find(name => name === asked);
if (!workload) throw new Error(`The workloads are ${workloadNames.join(', ')}.`);
if (operated !== undefined && operated !== 'secured') throw new Error('After the workload comes "secured".');

const folder = `${resultsFolder}profile`;
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const result = await load(workload);
const [file] = readdirSync(folder);
const profile = withSources(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as CpuProfile);
print(shares(profile), result);
console.log(`\nThe profile, for DevTools: ${folder}/${file}`);

async function load(name: WorkloadName) {
  const upstream = await startUpstream('stub');
  const start = operated ? startSecured : startVestibule;
  const vestibule = await start(upstream.url, {
    nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'],
  });
  giveCoreOfItsOwn(vestibule.pid, [process.pid, upstream.pid]);
  const world = await upstream.prepare(name);
  const plan = { concurrency: 32, rampMs: WARM_UP_MS, durationMs: MEASURED_MS };
  const loaded = await vestibule.measure({ workload: name, world, firstNumber: nextNumbers() }, plan);
  await vestibule.stop();
  await upstream.stop();
  return loaded;
}

/**
 * V8 takes its samples by the clock. Where another process displaces the thread, which is mostly in the writes that
 * wake the other, it would seem busy for as long as that takes: on two shared cores, twice as long as it is.
 */
function giveCoreOfItsOwn(mainThread: number, others: readonly number[]): void {
  taskset('--cpu-list', '--pid', '0', String(mainThread));
  for (const pid of others) taskset('--all-tasks', '--cpu-list', '--pid', '1', String(pid));
}

function taskset(...args: readonly string[]): void {
  execFileSync('taskset', args, { stdio: 'ignore' });
}

/** The same with functions where they are in the sources. */
function withSources(bundled: CpuProfile): CpuProfile {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (url: string) => {
    const path = url.startsWith('file:') ? `${fileURLToPath(url)}.map` : '';
    if (!maps.has(url)) {
      const payload = existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload);
      maps.set(url, payload ? new SourceMap(payload) : undefined);
    }
    return maps.get(url);
  };
  const nodes = bundled.nodes.map(node => {
    const { url, lineNumber, columnNumber } = node.callFrame;
    const entry = mapOf(url)?.findEntry(lineNumber, columnNumber);
    if (!entry || !('originalSource' in entry)) return node;
    const callFrame = { ...node.callFrame, url: entry.originalSource, lineNumber: entry.originalLine };
    return { ...node, callFrame };
  });
  return { ...bundled, nodes };
}

interface Times {
  readonly layers: ReadonlyMap<string, number>;
  readonly packages: ReadonlyMap<string, number>;
  readonly functions: ReadonlyMap<string, number>;
}

/** Shares of the busy time, in per cent, in the second half of the profile, when the code is warm. */
function shares({ nodes, samples, timeDeltas }: CpuProfile): Times {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const parents = new Map(nodes.flatMap(node => (node.children ?? []).map(child => [child, node] as const)));
  const half = timeDeltas.reduce((sum, delta) => sum + delta, 0) / 2;
  const times = { layers: new Map(), packages: new Map(), functions: new Map() };
  let [elapsed, busy] = [0, 0];
  for (const [index, id] of samples.entries()) {
    const delta = timeDeltas[index] ?? 0;
    elapsed += delta;
    const node = byId.get(id);
    if (!node || elapsed < half || node.callFrame.functionName === '(idle)') continue;
    busy += delta;
    add(times.layers, layerOf(node, parents), delta);
    add(times.packages, packageOf(node.callFrame), delta);
    add(times.functions, nameOf(node.callFrame), delta);
  }
  for (const map of Object.values(times)) {
    for (const [key, time] of map) map.set(key, (100 * time) / busy);
  }
  return times;
}

function add(times: Map<string, number>, key: string, delta: number): void {
  times.set(key, (times.get(key) ?? 0) + delta);
}

function print({ layers, packages, functions }: Times, { operations, cpuMicroseconds }: LoadResult): void {
  const each = `${cpuMicroseconds.toFixed(0)} µs of CPU time each`;
  console.log(`${asked}: ${operations} requests, ${each}. Per cent of the main thread's busy time:`);
  printTop('by layer, with all that it calls in Node.js and V8', layers);
  printTop('by package, itself alone', packages);
  printTop('by function, itself alone', functions);
}

function printTop(title: string, times: ReadonlyMap<string, number>): void {
  console.log(`\n${title}`);
  const sorted = [...times].toSorted(([, a], [, b]) => b - a).slice(0, TOP);
  for (const [name, share] of sorted) console.log(`${share.toFixed(1).padStart(6)}  ${name}`);
}

/** The layer of the innermost function on the stack that belongs to one. */
function layerOf(node: ProfileNode, parents: ReadonlyMap<number, ProfileNode>): string {
  for (let frame: ProfileNode | undefined = node; frame; frame = parents.get(frame.id)) {
    const { url, functionName } = frame.callFrame;
    if (url === '' || url.startsWith('node:')) continue;
    const place = `${shortPath(url)}#${functionName}`;
    const layer = layerPatterns.find(([, pattern]) => pattern.test(place));
    if (layer) return layer[0];
  }
  const { functionName, url } = node.callFrame;
  if (url === '' && /^\((?:garbage|program)/.test(functionName)) return functionName;
  return 'Node.js: HTTP server, sockets, event loop';
}

/** A package of npm, a part of Node.js, a folder of the product, or a native function. */
function packageOf({ functionName, url }: CallFrame): string {
  if (url === '') return functionName;
  if (url.startsWith('node:')) return url;
  const path = shortPath(url);
  const [, library] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return library ?? path.split('/').slice(0, 2).join('/');
}

function nameOf({ functionName, url, lineNumber }: CallFrame): string {
  return `${functionName || '(anonymous)'}  ${url && `${shortPath(url)}:${lineNumber + 1}`}`;
}

function shortPath(url: string): string {
  return url.replace(/^.*\/(?=(?:node_modules|src)\/)/, '');
}
