/** Who is measured: each in a process of its own. */
import type { ChildProcess } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { basename } from 'node:path';
import { awsEnvironment, productFolder, vestibuleEnvironment } from '../environment.ts';
import { freePort, logFile, logPath } from '../files.ts';
import type { LoadPlan, LoadResult } from '../load.ts';
import { nextMessage, pidOf, startModule, startProgram, stopProcess, untilTrue } from '../processes.ts';
import type { WorkloadName, World } from '../workloads.ts';
import { loadOverHttp, postGraphQL } from './http-load.ts';
import type { LoopAnswer, LoopJob } from './loop-process.ts';

export interface Job {
  readonly workload: WorkloadName;
  readonly world: World;
  /** Numbers from here on make names that no other job uses. */
  readonly firstNumber: number;
}

export interface Contestant {
  readonly pid: number;
  /** The GraphQL endpoint; absent for loops. */
  readonly url?: string;
  measure(job: Job, plan: LoadPlan): Promise<LoadResult>;
  stop(): Promise<void>;
}

export interface ContestantEntry {
  readonly id: ContestantId;
  readonly title: string;
  /** Starts it, with AWS at `endpoint`. */
  readonly start: (endpoint: string) => Promise<Contestant>;
}

export type ContestantId = 'sdk' | 'floor' | 'bare' | 'vestibule' | 'apollo' | 'mercurius' | 'yoga';

export const contestants: readonly ContestantEntry[] = [
  {
    id: 'sdk',
    title: 'AWS SDK, defaults, plain loop',
    start: endpoint => startLoop('sdk-defaults', endpoint),
  },
  {
    id: 'floor',
    title: 'hand-signed requests, plain loop',
    start: endpoint => startLoop('hand-signed', endpoint),
  },
  {
    id: 'bare',
    title: 'bare node:http, hand-signed call',
    start: endpoint => startServer('bare', endpoint),
  },
  { id: 'vestibule', title: 'Vestibule', start: startVestibule },
  { id: 'apollo', title: 'Apollo Server 5', start: endpoint => startServer('peers/apollo', endpoint) },
  {
    id: 'mercurius',
    title: 'Mercurius 16 with JIT',
    start: endpoint => startServer('peers/mercurius', endpoint),
  },
  { id: 'yoga', title: 'GraphQL Yoga 5', start: endpoint => startServer('peers/yoga', endpoint) },
];

/** Starts contestants, all of them unless some are named. */
export async function startContestants(
  endpoint: string,
  ids: readonly ContestantId[] = contestants.map(({ id }) => id),
): Promise<ReadonlyMap<ContestantId, Contestant>> {
  const running = new Map<ContestantId, Contestant>();
  for (const { id, start } of contestants) {
    if (ids.includes(id)) running.set(id, await start(endpoint));
  }
  return running;
}

/** Some of those that run. */
export function only(
  running: ReadonlyMap<ContestantId, Contestant>,
  ids: readonly ContestantId[],
): ReadonlyMap<ContestantId, Contestant> {
  return new Map([...running].filter(([id]) => ids.includes(id)));
}

async function startLoop(name: string, endpoint: string): Promise<Contestant> {
  const env = awsEnvironment(endpoint);
  const child = startModule(new URL(`${name}.ts`, import.meta.url), { name, env, args: [endpoint] });
  return {
    pid: pidOf(child),
    async measure(job, plan) {
      child.send({ ...job, plan } satisfies LoopJob);
      const answer = await nextMessage<LoopAnswer>(child);
      if ('failure' in answer) throw new Error(`${name} failed: ${answer.failure}`);
      return answer.result;
    },
    stop: () => stopProcess(child),
  };
}

async function startServer(path: string, endpoint: string): Promise<Contestant> {
  const env = awsEnvironment(endpoint);
  const name = basename(path);
  const child = startModule(new URL(`${path}.ts`, import.meta.url), { name, env, args: [endpoint] });
  const { url } = await nextMessage<{ url: string }>(child);
  const pid = pidOf(child);
  return {
    pid,
    url,
    measure: (job, plan) => loadOverHttp({ url, pid }, job, plan),
    stop: () => stopProcess(child),
  };
}

export interface VestibuleOptions {
  /** Options for Node.js. */
  readonly nodeOptions?: readonly string[];
  /** Relative to the product's folder. */
  readonly entry?: string;
  /** For a module in `nodeOptions` that speaks with the run. */
  readonly channel?: boolean;
  /** Settings beside those of all runs. */
  readonly env?: Readonly<Record<string, string>>;
}

export type VestibuleProcess = Contestant & { readonly url: string; readonly child: ChildProcess };

/** The production build, from which `nodeOptions` and `entry` may differ for profiles. */
export async function startVestibule(
  endpoint: string,
  { nodeOptions = [], entry = 'dist/main.mjs', channel = false, env = {} }: VestibuleOptions = {},
): Promise<VestibuleProcess> {
  const port = await freePort();
  const log = logFile('vestibule');
  const child = startProgram(process.execPath, [...nodeOptions, entry], {
    cwd: productFolder,
    env: { ...vestibuleEnvironment(endpoint, port), ...env },
    stdio: ['ignore', log, log, ...(channel ? ['ipc' as const] : [])],
  });
  const pid = pidOf(child);
  const url = `http://127.0.0.1:${port}/graphql`;
  await untilTrue('Vestibule', async () => {
    const { status } = await postGraphQL(url, '{"query":"{ __typename }"}');
    return status === 200;
  });
  return {
    pid,
    url,
    child,
    async measure(job, plan) {
      const result = await loadOverHttp({ url, pid }, job, plan);
      // Its request log grows by a megabyte or two a second.
      truncateSync(logPath('vestibule'));
      return result;
    },
    // A signal that lets it write what it has to say: profiles, for example.
    stop: () => stopProcess(child, 'SIGTERM'),
  };
}
