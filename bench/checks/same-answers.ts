/** Before servers are compared: do they give the same answers? */
import { isDeepStrictEqual } from 'node:util';
import { postGraphQL } from '../contestants/http-load.ts';
import type { Contestant, ContestantId } from '../contestants/index.ts';
import type { Upstream } from '../upstream/index.ts';
import { requestBodies, type WorkloadName } from '../workloads.ts';

/** Ids that AWS makes up, what is encoded in opaque texts, and the wording of errors. */
const DIFFERENT = new Set(['id', 'userId', 'cursor', 'endCursor', 'message']);

/**
 * Sends one request of a workload to each server.
 *
 * @throws when an answer differs from Vestibule's. The bare server's has to be the same text, where the upstream gives
 * both the same.
 */
export async function checkSameAnswers(
  upstream: Upstream,
  running: ReadonlyMap<ContestantId, Contestant>,
  workload: WorkloadName,
): Promise<void> {
  const texts = new Map<ContestantId, string>();
  for (const [id, { url, headers }] of running) {
    if (!url) continue;
    const nextBody = requestBodies(workload, await upstream.prepare(workload), 1);
    texts.set(id, (await postGraphQL(url, nextBody(), headers)).body.toString());
  }
  const expected = texts.get('vestibule') ?? '';
  for (const [id, text] of texts) {
    const exactly = id === 'bare' && upstream.kind === 'stub';
    const same = exactly ? text === expected : isDeepStrictEqual(comparable(text), comparable(expected));
    if (!same) throw new Error(`${workload}: ${id} answers ${text}, Vestibule ${expected}`);
  }
}

function comparable(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => (DIFFERENT.has(key) ? typeof value : value));
}
