import type { ServerResponse } from 'node:http';
import type { ServerLimits } from '../server-limits.ts';
import { Subscriptions } from '../subscriptions.ts';
import { BodiesInFlight } from './bodies.ts';
import { ComingBodies } from './coming-bodies.ts';
import { Shares } from './shares.ts';
import { UpstreamBytesInFlight } from './upstream-bytes.ts';
import { ValuesInFlight } from './values.ts';
import { WaitingRequests } from './waiting-requests.ts';
import { WorkInFlight } from './work.ts';

/** As few reads of the database are looks at one job. */
const FEW_READS = 5;
const FIRST_READS = 50;

/** As few calls to AWS are the creates of one document, or looking for a Rekognition user. */
const FEW_CALLS = 25;
/** As many take a page of 100 with two look-ups for each. */
const FIRST_CALLS = 201;

type InFlightLimits = Pick<
  ServerLimits,
  | 'maxInFlight'
  | 'maxBodyBytesInFlight'
  | 'maxUpstreamBytesInFlight'
  | 'maxAnswerValuesInFlight'
  | 'maxSubscriptions'
  | 'maxUpstreamCalls'
  | 'maxDatabaseReads'
>;

/**
 * What there is of GraphQL requests: how many, from when they were let in until their work is done and their answer is gone, and
 * how much they hold meanwhile.
 */
export class InFlight {
  readonly maximum: number;
  /** The requests whose turn has not come, GraphQL's and others; as many as there are places. */
  readonly waiting: WaitingRequests;
  /** How many of them each caller has. */
  readonly callers: Shares;
  /** The requests that were let in, and have no place until their bodies are there; as many as there are places. */
  readonly coming: ComingBodies;
  readonly bodies: BodiesInFlight;
  readonly upstreamBytes: UpstreamBytesInFlight;
  readonly values: ValuesInFlight;
  readonly upstreamCalls: WorkInFlight;
  readonly reads: WorkInFlight;
  /** Those that were begun take no place of a request any more. */
  readonly subscriptions: Subscriptions;
  #count = 0;

  constructor({
    maxInFlight,
    maxBodyBytesInFlight,
    maxUpstreamBytesInFlight,
    maxAnswerValuesInFlight,
    maxSubscriptions,
    maxUpstreamCalls,
    maxDatabaseReads,
  }: InFlightLimits) {
    this.maximum = maxInFlight;
    this.waiting = new WaitingRequests(maxInFlight);
    this.callers = new Shares(maxInFlight);
    this.coming = new ComingBodies(maxInFlight);
    this.bodies = new BodiesInFlight(maxBodyBytesInFlight);
    this.upstreamBytes = new UpstreamBytesInFlight(maxUpstreamBytesInFlight);
    this.values = new ValuesInFlight(maxAnswerValuesInFlight);
    this.upstreamCalls = new WorkInFlight({
      // Two of the dearest: what they can take is far more than most of them do.
      maximum: 2 * maxUpstreamCalls,
      maximumOfAll: 4 * maxUpstreamCalls,
      few: FEW_CALLS,
      first: FIRST_CALLS,
    });
    this.reads = new WorkInFlight({
      maximum: maxDatabaseReads,
      maximumOfAll: 4 * maxDatabaseReads,
      few: FEW_READS,
      first: FIRST_READS,
    });
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
