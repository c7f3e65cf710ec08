/**
 * Requests whose bodies still come. They have no place among those under way, which would be held by whoever sends slowly, or
 * nothing at all: by headers alone. When as many come as may, one ends for each that begins, and that is the one that has come
 * the longest of the sender that has the most: who sends its bodies at once is never the one.
 */

export class ComingBodies {
  readonly maximum: number;
  readonly #ofSenders = new Map<string, Set<ComingBody>>();
  #count = 0;

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  /** How many come. */
  get count(): number {
    return this.#count;
  }

  /**
   * Begins to wait for a body.
   *
   * @param giveUp Has its request refused.
   */
  open(sender: string, giveUp: () => void): ComingBody {
    const body = new ComingBody(this, sender, giveUp);
    const others = this.#ofSenders.get(sender);
    if (others) others.add(body);
    else this.#ofSenders.set(sender, new Set([body]));
    this.#count += 1;
    if (this.#count > this.maximum) this.#giveOneUp();
    return body;
  }

  leave(body: ComingBody): void {
    const own = this.#ofSenders.get(body.sender);
    if (!own?.delete(body)) return;
    this.#count -= 1;
    if (own.size === 0) this.#ofSenders.delete(body.sender);
  }

  #giveOneUp(): void {
    let most: ReadonlySet<ComingBody> = new Set();
    for (const own of this.#ofSenders.values()) {
      if (own.size > most.size) most = own;
    }
    const [oldest] = most;
    oldest?.giveUp();
  }
}

/** One body, until all of it is there, or nobody waits for it any more. */
export class ComingBody {
  readonly sender: string;
  readonly #all: ComingBodies;
  readonly #refuse: () => void;
  #givenUp = false;

  constructor(all: ComingBodies, sender: string, refuse: () => void) {
    this.#all = all;
    this.sender = sender;
    this.#refuse = refuse;
  }

  /** Whether it ended for others. */
  get givenUp(): boolean {
    return this.#givenUp;
  }

  giveUp(): void {
    this.#givenUp = true;
    this.complete();
    this.#refuse();
  }

  complete(): void {
    this.#all.leave(this);
  }
}
