/** How much the operations of each sender that are under way can take of something slow, counted before they run. */
import { Tally } from '../../tally.ts';

export interface WorkLimits {
  /** What the operations of one sender may take; one operation alone always has room. */
  readonly maximum: number;
  /** What those of all senders may take. */
  readonly maximumOfAll: number;
  /** An operation that takes so little is not counted. */
  readonly few: number;
  /** Who has nothing under way finds room for one operation of so much, where others have taken all the rest. */
  readonly first: number;
}

export class WorkInFlight {
  readonly maximum: number;
  readonly maximumOfAll: number;
  readonly #few: number;
  readonly #first: number;
  readonly #held = new Tally();
  #count = 0;

  constructor({ maximum, maximumOfAll, few, first }: WorkLimits) {
    this.maximum = maximum;
    this.maximumOfAll = maximumOfAll;
    this.#few = few;
    this.#first = first;
  }

  /** How much all operations can take. */
  get count(): number {
    return this.#count;
  }

  /** Whether an operation takes too little to be counted. */
  isFew(amount: number): boolean {
    return amount <= this.#few;
  }

  /** Lets an operation in; whose operations there is no room beside, if there is none: the sender's own, or everybody's. */
  enter(sender: string, amount: number): 'own' | 'all' | undefined {
    if (this.isFew(amount)) return undefined;
    const held = this.#held.of(sender);
    if (held > 0 && held + amount > this.maximum) return 'own';
    const others = held === 0 && amount <= this.#first ? this.maximum : 0;
    if (this.#count > 0 && this.#count + amount > this.maximumOfAll + others) return 'all';
    this.#held.add(sender, amount);
    this.#count += amount;
    return undefined;
  }

  /** An operation has ended. */
  leave(sender: string, amount: number): void {
    if (this.isFew(amount)) return;
    this.#held.add(sender, -amount);
    this.#count -= amount;
  }
}
