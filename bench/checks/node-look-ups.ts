/** What `nodes(ids:)` of 50 users costs beside the same calls in a loop with the same parallelism. */
import { postGraphQL } from '../contestants/http-load.ts';
import { type Contestant, type ContestantId, only } from '../contestants/index.ts';
import { takeTurns } from '../stage.ts';
import { ratioOf, type Summary } from '../statistics.ts';
import { stubCalls, type Upstream } from '../upstream/index.ts';
import { requestBodies } from '../workloads.ts';

/** The calls to AWS of one request for 50 users: at least one each, since AWS describes users one by one. */
export async function countNodeCalls(stub: Upstream, vestibuleUrl: string): Promise<number> {
  const target = 'AWSIdentityStore.DescribeUser';
  const nextBody = requestBodies('nodes', await stub.prepare('nodes'), 0);
  const before = await stubCalls(stub, target);
  await postGraphQL(vestibuleUrl, nextBody());
  return (await stubCalls(stub, target)) - before;
}

/** The time that one request takes, one at a time, relative to that of the loop over the SDK. */
export async function measureNodesWallTime(
  stub: Upstream,
  running: ReadonlyMap<ContestantId, Contestant>,
  { rounds, durationMs }: { readonly rounds: number; readonly durationMs: number },
): Promise<Summary> {
  const two = only(running, ['sdk', 'vestibule']);
  const load = { concurrency: 1, rampMs: 200, durationMs };
  const result = await takeTurns(stub, two, { workload: 'nodes', rounds, load }, () => undefined);
  return ratioOf(result, 'vestibule', 'sdk', 'p50Ms');
}
