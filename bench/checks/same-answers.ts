/** Before servers are compared: do they give the same answers? */
import { isDeepStrictEqual } from 'node:util';
import { postGraphQL } from '../contestants/http-load.ts';
import type { Contestant, ContestantId } from '../contestants/index.ts';
import type { Upstream } from '../upstream/index.ts';
import { requestBodies, type WorkloadName } from '../workloads.ts';

/** Ids that AWS makes up, what is encoded in opaque texts, and the wording of errors. */
const DIFFERENT = new Set(['id', 'userId', 'cursor', 'endCursor', 'message']);

/** Sends one request of a workload to each server. @throws when an answer differs from the first server's. */
export async function checkSameAnswers(
  upstream: Upstream,
  running: ReadonlyMap<ContestantId, Contestant>,
  workload: WorkloadName,
): Promise<void> {
  let expected: unknown;
  for (const [id, { url }] of running) {
    if (!url) continue;
    const nextBody = requestBodies(workload, await upstream.prepare(workload), 1);
    const { body } = await postGraphQL(url, nextBody());
    const answer: unknown = JSON.parse(body.toString(), (key, value: unknown) =>
      DIFFERENT.has(key) ? typeof value : value,
    );
    expected ??= answer;
    if (!isDeepStrictEqual(answer, expected)) {
      throw new Error(`${workload}: ${id} answers ${body.toString()}, others ${JSON.stringify(expected)}`);
    }
  }
}
