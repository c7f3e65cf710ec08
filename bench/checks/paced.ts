/** Latency at a part of the capacity, where a service in use should be; closed loops always measure at all of it. */
import { openRequests } from '../contestants/http-load.ts';
import type { Contestant, ContestantId } from '../contestants/index.ts';
import { pacedLoad } from '../load.ts';
import { nextNumbers } from '../stage.ts';

export type PacedServer = Pick<Contestant, 'measure' | 'headers'> & { readonly url: string };

export interface PacedSample {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** p99 relative to p50; infinite when a queue grew instead. */
  readonly spread: number;
}

/** The samples of each server, in the order of the rounds. */
export interface PacedResult<Name extends string = ContestantId> {
  /** The part of its own capacity that each server was given, 0.8 for 80 %. */
  readonly share: number;
  readonly samples: Readonly<Partial<Record<Name, readonly PacedSample[]>>>;
}

/** Enough that no request waits for a connection of the generator. */
const CONNECTIONS = 256;

/**
 * The servers take turns. For each turn, first its capacity is measured, with 32 requests under way, and then it is
 * given a `share` of that, because a shared machine is not always equally fast.
 */
export async function measurePaced<Name extends string>(
  servers: ReadonlyMap<Name, PacedServer>,
  share: number,
  { rounds, durationMs }: { readonly rounds: number; readonly durationMs: number },
): Promise<PacedResult<Name>> {
  const samples: Partial<Record<Name, PacedSample[]>> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, server] of servers) {
      (samples[name] ??= []).push(await measureTurn(server, share, durationMs));
    }
  }
  return { share, samples };
}

async function measureTurn(server: PacedServer, share: number, durationMs: number): Promise<PacedSample> {
  const full = await server.measure(nextCreates(), { concurrency: 32, rampMs: 200, durationMs: 1_000 });
  const perSecond = Math.round(share * full.operationsPerSecond);
  const requests = openRequests(server, nextCreates(), CONNECTIONS);
  const { keepsUp, p50Ms, p99Ms } = await pacedLoad({ perSecond, rampMs: 500, durationMs }, requests.send);
  await requests.close();
  // Slower than with 32 requests always under way: more and more are waiting.
  const queueGrew = !keepsUp || p50Ms > full.p50Ms;
  return { perSecond, p50Ms, p99Ms, spread: queueGrew ? Number.POSITIVE_INFINITY : p99Ms / p50Ms };
}

function nextCreates() {
  return { workload: 'create', world: { userIds: [] }, firstNumber: nextNumbers() } as const;
}
