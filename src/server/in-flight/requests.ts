import type { ServerResponse } from 'node:http';
import type { ServerLimits } from '../server-limits.ts';
import { Subscriptions } from '../subscriptions.ts';
import { BodiesInFlight } from './bodies.ts';
import { ComingBodies } from './coming-bodies.ts';
import { ReadsInFlight } from './database-reads.ts';
import { Shares } from './shares.ts';
import { UpstreamBytesInFlight } from './upstream-bytes.ts';
import { ValuesInFlight } from './values.ts';

type InFlightLimits = Pick<
  ServerLimits,
  | 'maxInFlight'
  | 'maxBodyBytesInFlight'
  | 'maxUpstreamBytesInFlight'
  | 'maxAnswerValuesInFlight'
  | 'maxSubscriptions'
  | 'maxDatabaseReads'
>;

/**
 * What there is of GraphQL requests: how many, from when they were let in until their work is done and their answer is gone, and
 * how much they hold meanwhile.
 */
export class InFlight {
  readonly maximum: number;
  /** How many of them each caller has. */
  readonly callers: Shares;
  /** The requests that were let in, and have no place until their bodies are there; as many as there are places. */
  readonly coming: ComingBodies;
  readonly bodies: BodiesInFlight;
  readonly upstreamBytes: UpstreamBytesInFlight;
  readonly values: ValuesInFlight;
  readonly reads: ReadsInFlight;
  /** Those that were begun take no place of a request any more. */
  readonly subscriptions: Subscriptions;
  #count = 0;

  constructor({
    maxInFlight,
    maxBodyBytesInFlight,
    maxUpstreamBytesInFlight,
    maxAnswerValuesInFlight,
    maxSubscriptions,
    maxDatabaseReads,
  }: InFlightLimits) {
    this.maximum = maxInFlight;
    this.callers = new Shares(maxInFlight);
    this.coming = new ComingBodies(maxInFlight);
    this.bodies = new BodiesInFlight(maxBodyBytesInFlight);
    this.upstreamBytes = new UpstreamBytesInFlight(maxUpstreamBytesInFlight);
    this.values = new ValuesInFlight(maxAnswerValuesInFlight);
    this.reads = new ReadsInFlight(maxDatabaseReads);
    this.subscriptions = new Subscriptions(maxSubscriptions);
  }

  get count(): number {
    return this.#count;
  }

  /** Lets one more in, if there is room. */
  enter(): boolean {
    if (this.#count >= this.maximum) return false;
    this.#count += 1;
    return true;
  }

  /**
   * One is done.
   *
   * @param caller Whose place it had, if it had one of a caller's.
   */
  leave(caller?: string): void {
    this.#count -= 1;
    if (caller !== undefined) this.callers.leave(caller);
  }

  /** One is done; it counts until its client has read the answer, or is cut off. */
  leaveAfter(response: ServerResponse, caller?: string): void {
    if (response.closed) this.leave(caller);
    else response.once('close', () => this.leave(caller));
  }
}
