/** Who is measured: each in a process of its own. */
import { basename } from 'node:path';
import { awsEnvironment } from '../environment.ts';
import type { LoadPlan, LoadResult } from '../load.ts';
import { nextMessage, pidOf, startModule, stopProcess } from '../processes.ts';
import type { WorkloadName, World } from '../workloads.ts';
import { loadOverHttp } from './http-load.ts';
import type { LoopAnswer, LoopJob } from './loop-process.ts';
import { startSecured, startTraced } from './operated.ts';
import { startVestibule } from './vestibule.ts';

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
  /** What its requests need beside their bodies. */
  readonly headers?: Readonly<Record<string, string>>;
  measure(job: Job, plan: LoadPlan): Promise<LoadResult>;
  stop(): Promise<void>;
}

export interface ContestantEntry {
  readonly id: ContestantId;
  readonly title: string;
  /** Starts it, with AWS at `endpoint`. */
  readonly start: (endpoint: string) => Promise<Contestant>;
}

export type ContestantId =
  | 'sdk'
  | 'floor'
  | 'bare'
  | 'vestibule'
  | 'secured'
  | 'traced'
  | 'apollo'
  | 'mercurius'
  | 'yoga';

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
  { id: 'secured', title: 'Vestibule, tokens, audit, metrics', start: endpoint => startSecured(endpoint) },
  { id: 'traced', title: '… and 1 % of traces', start: startTraced },
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
