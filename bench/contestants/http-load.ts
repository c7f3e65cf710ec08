/** The load generator for servers. */
import { exchange, type HttpAnswer, openConnections } from '../http.ts';
import { closedLoop, type LoadPlan, type LoadResult } from '../load.ts';
import { cpuMicroseconds } from '../processes.ts';
import { requestBodies, workloads } from '../workloads.ts';
import type { Job } from './index.ts';

export interface HttpTarget {
  readonly url: string;
  readonly pid: number;
}

const headers = { 'content-type': 'application/json' };

/** Sends a workload's requests, and checks every answer. */
export async function loadOverHttp({ url, pid }: HttpTarget, job: Job, plan: LoadPlan): Promise<LoadResult> {
  const requests = openRequests(url, job, plan.concurrency);
  try {
    return await closedLoop(plan, requests.send, () => cpuMicroseconds(pid));
  } finally {
    await requests.close();
  }
}

/** Requests of a workload over at most `connections` connections. */
export function openRequests(url: string, job: Job, connections: number) {
  const { origin, pathname } = new URL(url);
  const pool = openConnections(origin, connections);
  const nextBody = requestBodies(job.workload, job.world, job.firstNumber);
  const marker = Buffer.from(workloads[job.workload].marker);
  return {
    send: async (): Promise<void> => {
      const body = nextBody();
      const answer = await exchange(pool, { path: pathname, method: 'POST', headers, body });
      if (answer.status !== 200 || !answer.body.includes(marker) || answer.body.includes(errorsMember)) {
        throw new Error(`${url} was asked ${body} and answered ${answer.status} ${answer.body.toString()}`);
      }
    },
    close: () => pool.close(),
  };
}

const errorsMember = Buffer.from('"errors":');

/** One request on a connection of its own. */
export async function postGraphQL(url: string, body: string): Promise<HttpAnswer> {
  const { origin, pathname } = new URL(url);
  const pool = openConnections(origin, 1);
  try {
    return await exchange(pool, { path: pathname, method: 'POST', headers, body });
  } finally {
    await pool.destroy();
  }
}
