/** The load generator for servers. */
import { exchange, type HttpAnswer, openConnections } from '../http.ts';
import { closedLoop, type LoadPlan, type LoadResult } from '../load.ts';
import { cpuMicroseconds } from '../processes.ts';
import { requestBodies, workloads } from '../workloads.ts';
import type { Job } from './index.ts';

export interface HttpTarget {
  readonly url: string;
  readonly pid: number;
  /** What requests need beside their bodies. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const json = { 'content-type': 'application/json' };

/** Sends a workload's requests, and checks every answer. */
export async function loadOverHttp(target: HttpTarget, job: Job, plan: LoadPlan): Promise<LoadResult> {
  const requests = openRequests(target, job, plan.concurrency);
  try {
    return await closedLoop(plan, requests.send, () => cpuMicroseconds(target.pid));
  } finally {
    await requests.close();
  }
}

/** Requests of a workload over at most `connections` connections. */
export function openRequests(
  { url, headers = {} }: Pick<HttpTarget, 'url' | 'headers'>,
  job: Job,
  connections: number,
) {
  const all = { ...json, ...headers };
  const { origin, pathname } = new URL(url);
  const pool = openConnections(origin, connections);
  const nextBody = requestBodies(job.workload, job.world, job.firstNumber);
  const marker = Buffer.from(workloads[job.workload].marker);
  return {
    send: async (): Promise<void> => {
      const body = nextBody();
      const answer = await exchange(pool, { path: pathname, method: 'POST', headers: all, body });
      if (answer.status !== 200 || !answer.body.includes(marker) || answer.body.includes(errorsMember)) {
        throw new Error(`${url} was asked ${body} and answered ${answer.status} ${answer.body.toString()}`);
      }
    },
    close: () => pool.close(),
  };
}

const errorsMember = Buffer.from('"errors":');

/** One request on a connection of its own. */
export async function postGraphQL(
  url: string,
  body: string,
  headers: HttpTarget['headers'] = {},
): Promise<HttpAnswer> {
  const { origin, pathname } = new URL(url);
  const pool = openConnections(origin, 1);
  try {
    return await exchange(pool, { path: pathname, method: 'POST', headers: { ...json, ...headers }, body });
  } finally {
    await pool.destroy();
  }
}
