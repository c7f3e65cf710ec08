/**
 * The connections of a provider: so many requests travel at a time, and others wait for one, the callers in turns. How many
 * wait, and how long, is bounded: what does not get a connection is not sent, so that nothing became of it.
 */
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
    if (this.#taken < this.#limits.connections) {
      this.#taken += 1;
      go();
    } else if (this.#line.size < this.#limits.places || this.#sweep()) {
      this.#wait(travelling, go, refuse);
    } else {
      refuse(new NotAdmitted('overloaded'));
    }
  }

  /** Somebody else may have the connection now. */
  giveBack(): void {
    for (let next = this.#line.next(); next; next = this.#line.next()) {
      clearTimeout(next.timer);
      if (next.travelling.caller?.destroyed) {
        next.refuse(new GivenUp(false));
      } else {
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

  #wait(travelling: Travelling, go: () => void, refuse: (error: Error) => void): void {
    const { principal = '', deadline } = travelling;
    const { maxWaitMs } = this.#limits;
    const leftMs = deadline ? Math.max(0, deadline.at - performance.now()) : Number.POSITIVE_INFINITY;
    const tooLate = () =>
      leftMs < maxWaitMs && deadline ? new Overdue(deadline) : new NotAdmitted('overloaded');
    const timer = setTimeout(() => this.#leave(waiting, tooLate()), Math.min(leftMs, maxWaitMs));
    const waiting: Waiting = { principal, travelling, go, refuse, timer };
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
