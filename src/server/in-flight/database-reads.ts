/** How often the operations of each sender that are under way can read the gateway's own database. */
import { Tally } from '../../tally.ts';

/** What is not counted: as few are looks at one job. */
const FEW = 5;

/** So many senders may have all that one may have. */
const SENDERS = 4;

/** Who has nothing under way finds room for one operation of so many reads, where others have taken all the rest. */
const FIRST = 50;

export class ReadsInFlight {
  /** What one sender may have; one operation alone always has room. */
  readonly maximum: number;
  readonly #held = new Tally();
  #count = 0;

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  /** What all of them may have. */
  get maximumOfAll(): number {
    return this.maximum * SENDERS;
  }

  /** How often all operations can read it. */
  get count(): number {
    return this.#count;
  }

  /** Lets an operation in; whose operations there is no room beside, if there is none: the sender's own, or everybody's. */
  enter(sender: string, reads: number): 'own' | 'all' | undefined {
    if (reads <= FEW) return undefined;
    const held = this.#held.of(sender);
    if (held > 0 && held + reads > this.maximum) return 'own';
    const others = held === 0 && reads <= FIRST ? this.maximum : 0;
    if (this.#count > 0 && this.#count + reads > this.maximumOfAll + others) return 'all';
    this.#held.add(sender, reads);
    this.#count += reads;
    return undefined;
  }

  /** An operation has ended. */
  leave(sender: string, reads: number): void {
    if (reads <= FEW) return;
    this.#held.add(sender, -reads);
    this.#count -= reads;
  }
}
