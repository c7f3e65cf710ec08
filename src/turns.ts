/**
 * Turns of those who have much to do with the one thread that there is. What has arrived together is served together before
 * anything else is looked at, be it thousands of documents to validate or dozens of answers of AWS to take apart: so each takes
 * a turn, and when a slice of time is used up, the others wait until Node has looked who else is there.
 *
 * Requests take one each, however small. libuv reads from all connections that have something, up to 1,024, and where it found
 * as many, it looks again, dozens of times, before anything else has its turn: timers, new connections, and those to AWS that
 * were opened meanwhile. Whoever is answered at once is there again at the next look, so that a thousand such callers would
 * hold everybody else up for a minute.
 *
 * Requests whose turns come at the same look begin together.
 */
import { FairLine } from './aws/fair-line.ts';
import { Gathering } from './together.ts';

/** How long turns are given before others get a look in. */
const SLICE_MS = 10;

/** What is taken apart at once: less costs less than a turn. */
export const LIGHT_BYTES = 16_384;

interface Waiting {
  readonly principal: string;
  readonly begin: () => void;
}

class Turns {
  readonly #line = new FairLine<Waiting>();
  readonly #beginning = new Gathering();
  /** When the slice is used up, a reading of `performance.now()`. */
  #end = 0;
  /** Whether there is a slice. */
  #open = false;
  /** Whether somebody has a turn just now, or is about to: of those that go on together, all ask before one of them begins. */
  #taken = false;

  /** How many wait. */
  get waiting(): number {
    return this.#line.size;
  }

  /** Whether there is a turn to be had at once; asking is taking it. */
  get free(): boolean {
    const now = performance.now();
    if (!this.#open) {
      this.#open = true;
      this.#end = now + SLICE_MS;
      setImmediate(this.#nextSlice);
      return true;
    }
    return this.#line.size === 0 && now < this.#end;
  }

  /**
   * Takes a turn. It lasts until there is nothing left to do but wait for something.
   *
   * @param principal For whom: each has a line of its own.
   * @returns When it has come; undefined if that is now.
   */
  take(principal: string): Promise<void> | undefined {
    if (this.free && !this.#taken) {
      this.#taken = true;
      afterPromises(this.#leave);
      return undefined;
    }
    return new Promise(begin => this.#line.add({ principal, begin }));
  }

  /** Waits for the others whose turns have come, too. */
  together(): Promise<void> {
    return new Promise(go => this.#beginning.join(go));
  }

  readonly #leave = (): void => {
    this.#taken = false;
  };

  readonly #nextSlice = (): void => {
    if (this.#line.size === 0) {
      this.#open = false;
      return;
    }
    this.#end = performance.now() + SLICE_MS;
    this.#giveOne();
  };

  readonly #giveOne = (): void => {
    this.#taken = false;
    const next = performance.now() < this.#end ? this.#line.next() : undefined;
    if (!next) {
      setImmediate(this.#nextSlice);
      return;
    }
    this.#taken = true;
    next.begin();
    afterPromises(this.#giveOne);
  };
}

/**
 * Calls what comes after a turn when the promises that the turn settled have run, with all that followed from them. A tick that
 * is asked for in a tick would come before any promise.
 */
function afterPromises(next: () => void): void {
  queueMicrotask(() => process.nextTick(next));
}

/** Those of this process. */
export const turns = new Turns();
