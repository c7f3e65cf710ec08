/** Room for bytes or values, of which each sender may take a part: the rest is for others, however much it asks for. */
import { Tally } from '../../tally.ts';

/** How much of it one sender may take. */
const SHARE = 0.5;

/** Of what there is too little: of all the room, or of the sender's share of it. */
export type Lack = 'all' | 'share';

export class Room {
  /** How much there is, and how much of it one sender may take. */
  readonly maximum: number;
  readonly each: number;
  readonly #taken = new Tally();
  #count = 0;

  constructor(maximum: number) {
    this.maximum = maximum;
    this.each = Math.ceil(maximum * SHARE);
  }

  /** How much is taken. */
  get count(): number {
    return this.#count;
  }

  /**
   * What there is too little of for so much of a sender's. One thing that is its only one may have more than the share, and one
   * that is alone, all that it needs.
   *
   * @param own How much of the room the same thing has already.
   */
  lacking(sender: string, amount: number, own = 0): Lack | undefined {
    const taken = this.#taken.of(sender);
    if (taken > own && taken + amount > this.each) return 'share';
    return this.#count > own && this.#count + amount > this.maximum ? 'all' : undefined;
  }

  take(sender: string, amount: number): void {
    this.#taken.add(sender, amount);
    this.#count += amount;
  }

  giveBack(sender: string, amount: number): void {
    this.take(sender, -amount);
  }
}
