/** How many bytes of requests' bodies there are in memory, counted as they arrive: nobody has to believe what clients announce. */

/** What is not counted: there are as few of these as requests in flight, and as bodies that come, which are bounded as well. */
export const SMALL_BODY = 16_384;

/** How long a body may take to come while others need the room that it takes: who sends slowly must not lock them out. */
const PATIENCE_MS = 5_000;

/** All bodies together. */
export class BodiesInFlight {
  readonly maximum: number;
  #bytes = 0;
  /** Those that are not complete yet, the oldest first. */
  readonly #coming = new Set<HeldBody>();

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  /** How many bytes there are. */
  get count(): number {
    return this.#bytes;
  }

  /**
   * Begins to count a body.
   *
   * @param giveUp Has its request refused.
   */
  open(giveUp: () => void): HeldBody {
    const body = new HeldBody(this, giveUp);
    this.#coming.add(body);
    return body;
  }

  /** Makes room for more bytes of a body, if there is any; one alone always has it. */
  take(body: HeldBody, bytes: number): boolean {
    if (!this.#hasRoom(body, bytes)) this.#giveUpSlow(body, bytes);
    if (!this.#hasRoom(body, bytes)) return false;
    this.#bytes += bytes;
    return true;
  }

  complete(body: HeldBody): void {
    this.#coming.delete(body);
  }

  giveBack(body: HeldBody, bytes: number): void {
    this.#coming.delete(body);
    this.#bytes -= bytes;
  }

  #hasRoom(body: HeldBody, bytes: number): boolean {
    return this.#bytes + bytes <= this.maximum || this.#bytes === body.bytes;
  }

  #giveUpSlow(body: HeldBody, bytes: number): void {
    const latest = performance.now() - PATIENCE_MS;
    for (const slow of this.#coming) {
      if (slow.since > latest || this.#hasRoom(body, bytes)) return;
      if (slow !== body) slow.giveUp();
    }
  }
}

/** One body, from when it turned out not to be small until its request is answered. */
export class HeldBody {
  /** A reading of `performance.now()`. */
  readonly since = performance.now();
  readonly #all: BodiesInFlight;
  readonly #refuse: () => void;
  #bytes = 0;
  #givenUp = false;

  constructor(all: BodiesInFlight, refuse: () => void) {
    this.#all = all;
    this.#refuse = refuse;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether there was no room for it. */
  get givenUp(): boolean {
    return this.#givenUp;
  }

  /** More of it has come; it is given up if there is no room for that. */
  grow(bytes: number): void {
    if (this.#all.take(this, bytes)) this.#bytes += bytes;
    else this.giveUp();
  }

  /** All of it is there. */
  complete(): void {
    this.#all.complete(this);
  }

  giveUp(): void {
    this.#givenUp = true;
    this.release();
    this.#refuse();
  }

  /** Nobody needs it any more. */
  release(): void {
    this.#all.giveBack(this, this.#bytes);
    this.#bytes = 0;
  }
}
