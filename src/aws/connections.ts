/**
 * The connections of a provider: so many requests travel at a time, and others wait for one, the callers in turns, those first
 * who have fewest. How many wait, of all and of each caller, and how long, is bounded: what does not get a connection is not
 * sent, so that nothing became of it.
 *
 * A caller who is alone may have all connections: what another waits for is the end of one call.
 */
import { Tally } from '../tally.ts';
import { type Deadline, GivenUp, NotAdmitted, Overdue } from './failure.ts';
import { FairLine, type InLine } from './fair-line.ts';
import type { Caller } from './transport.ts';

export interface ConnectionLimits {
  /**
   * How many connections there are at most. With 200 callers and 25 ms of upstream latency, 50 carry 1,800 requests a
   * second and 500 carry 5,600: the limit is their number.
   */
  readonly connections: number;
  /** How many requests may wait for a connection; what comes then is refused at once. */
  readonly places: number;
  /** How many of these places one principal may hold, as a part of them. */
  readonly principalShare: number;
  /** The longest wait for a connection. */
  readonly maxWaitMs: number;
}

/** A request that needs a connection. */
export interface Travelling {
  /** By whom requests are told apart; without one, all are the same caller's. */
  readonly principal?: string | undefined;
  /** A request whose caller has left is not sent. */
  readonly caller?: Caller | undefined;
  /** When the answer is of no use any more. */
  readonly deadline?: Deadline | undefined;
}

interface Waiting extends InLine {
  readonly travelling: Travelling;
  readonly go: () => void;
  readonly refuse: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #line = new FairLine<Waiting>();
  /** How many connections each principal has. */
  readonly #held = new Tally();
  #taken = 0;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** How many requests have a connection, or wait for one. */
  get underWay(): number {
    return this.#taken + this.#line.size;
  }

  /**
   * Asks for a connection, which is to be given back.
   *
   * @param go Is called when there is one, which may be at once.
   * @param refuse Is called when there will be none: with NotAdmitted, Overdue, or GivenUp when nobody waits any more.
   */
  take(travelling: Travelling, go: () => void, refuse: (error: Error) => void): void {
    const principal = principalOf(travelling);
    if (this.#taken < this.#limits.connections) {
      this.#taken += 1;
      this.#held.add(principal, 1);
      go();
      return;
    }
    let lacking = this.#lacking(principal);
    if (lacking && this.#sweep()) lacking = this.#lacking(principal);
    if (lacking) refuse(new NotAdmitted(lacking));
    else this.#wait(travelling, go, refuse);
  }

  /** Somebody else may have the connection now that this one had. */
  giveBack(travelled: Travelling): void {
    this.#held.add(principalOf(travelled), -1);
    for (let next = this.#next(); next; next = this.#next()) {
      clearTimeout(next.timer);
      if (next.travelling.caller?.destroyed) {
        next.refuse(new GivenUp(false));
      } else {
        this.#held.add(next.principal, 1);
        next.go();
        return;
      }
    }
    this.#taken -= 1;
  }

  /** Ends all waits. */
  stop(): void {
    // Leaving changes the line.
    const all = [...this.#line];
    for (const waiting of all) this.#leave(waiting, new GivenUp(false));
  }

  #next(): Waiting | undefined {
    return this.#line.next(principal => this.#held.of(principal));
  }

  /** What of places there is none of for one more of a principal, if there is none. */
  #lacking(principal: string): 'overloaded' | 'overShare' | undefined {
    const { places, principalShare } = this.#limits;
    const own = this.#line.sizeOf(principal);
    // Others may have taken all places: the first of each is taken all the same.
    if (own === 0 && places > 0) return undefined;
    if (this.#line.size >= places) return 'overloaded';
    return own < Math.ceil(places * principalShare) ? undefined : 'overShare';
  }

  #wait(travelling: Travelling, go: () => void, refuse: (error: Error) => void): void {
    const { deadline } = travelling;
    const { maxWaitMs } = this.#limits;
    const leftMs = deadline ? Math.max(0, deadline.at - performance.now()) : Number.POSITIVE_INFINITY;
    const tooLate = () =>
      leftMs < maxWaitMs && deadline ? new Overdue(deadline) : new NotAdmitted('overloaded');
    const timer = setTimeout(() => this.#leave(waiting, tooLate()), Math.min(leftMs, maxWaitMs));
    const waiting: Waiting = { principal: principalOf(travelling), travelling, go, refuse, timer };
    this.#line.add(waiting);
  }

  #leave(waiting: Waiting, error: Error): void {
    clearTimeout(waiting.timer);
    this.#line.remove(waiting);
    waiting.refuse(error);
  }

  /** Takes out who has left without a word. Whether there was anybody. */
  #sweep(): boolean {
    const gone = [...this.#line].filter(({ travelling }) => travelling.caller?.destroyed);
    for (const waiting of gone) this.#leave(waiting, new GivenUp(false));
    return gone.length > 0;
  }
}

function principalOf({ principal = '' }: Travelling): string {
  return principal;
}
