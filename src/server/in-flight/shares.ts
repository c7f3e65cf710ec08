/** Places of which each sender may hold a part: the others are for others, however many it asks for. */
import { Tally } from '../../tally.ts';

/** How much of them one sender may hold. */
const SHARE = 0.5;

export class Shares {
  /** How many places there are, and how many of them one sender may hold. */
  readonly maximum: number;
  readonly each: number;
  readonly #firsts: number;
  readonly #held = new Tally();
  #count = 0;

  /** @param firsts How many of the places are for senders who hold none. */
  constructor(maximum: number, firsts = 0) {
    this.maximum = maximum;
    this.#firsts = firsts;
    this.each = Math.ceil(maximum * SHARE);
  }

  get count(): number {
    return this.#count;
  }

  /** Takes a place for a sender; what there is none of, if there is none. */
  take(sender: string): 'places' | 'share' | undefined {
    if (this.#count >= this.maximum) return 'places';
    const held = this.#held.of(sender);
    const isForFirsts = this.#count >= this.maximum - this.#firsts;
    if (held >= this.each || (held > 0 && isForFirsts)) return 'share';
    this.#held.add(sender, 1);
    this.#count += 1;
    return undefined;
  }

  /** Gives a place of a sender back. */
  leave(sender: string): void {
    this.#held.add(sender, -1);
    this.#count -= 1;
  }
}
