/** How many values the answers can have that are being made, which is what they take of memory. */

/** What is not counted: as few are such answers of all requests in flight. */
const FEW = 500;

/** How long an answer may wait for room: whoever asks waits as well. */
const WAIT_MS = 5_000;

interface Waiting {
  readonly values: number;
  readonly begin: (hasRoom: boolean) => void;
  timer?: NodeJS.Timeout;
}

/** All answers together; for as much as there is room for, there is room to wait. */
export class ValuesInFlight {
  readonly maximum: number;
  #count = 0;
  #waiting = 0;
  readonly #line = new Set<Waiting>();

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  /** How many values there are. */
  get count(): number {
    return this.#count;
  }

  /** Makes room for an answer: whether there is any, or, if it is to wait, whether there was in time. One alone always has it. */
  enter(values: number): boolean | Promise<boolean> {
    if (values <= FEW) return true;
    if (this.#line.size === 0 && this.#hasRoom(values)) {
      this.#count += values;
      return true;
    }
    if (this.#waiting + values > this.maximum) return false;
    return new Promise(begin => {
      const waiting: Waiting = { values, begin };
      waiting.timer = setTimeout(() => this.#end(waiting, false), WAIT_MS);
      this.#waiting += values;
      this.#line.add(waiting);
    });
  }

  /** An answer was sent. */
  leave(values: number): void {
    if (values <= FEW) return;
    this.#count -= values;
    for (const next of this.#line) {
      if (!this.#hasRoom(next.values)) return;
      this.#count += next.values;
      this.#end(next, true);
    }
  }

  #hasRoom(values: number): boolean {
    return this.#count + values <= this.maximum || this.#count === 0;
  }

  #end(waiting: Waiting, hasRoom: boolean): void {
    clearTimeout(waiting.timer);
    this.#line.delete(waiting);
    this.#waiting -= waiting.values;
    waiting.begin(hasRoom);
  }
}
