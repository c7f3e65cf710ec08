/** How often the operations of each sender that are under way can read the gateway's own database. */

/** What is not counted: as few are looks at one job. */
const FEW = 5;

/** So many senders may have all that one may have. */
const SENDERS = 4;

export class ReadsInFlight {
  /** What one sender may have; one operation alone always has room. */
  readonly maximum: number;
  readonly #held = new Map<string, number>();
  #count = 0;

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  /** How often all operations can read it. */
  get count(): number {
    return this.#count;
  }

  /** Lets an operation in, if there is room. */
  enter(sender: string, reads: number): boolean {
    if (reads <= FEW) return true;
    const held = this.#held.get(sender) ?? 0;
    if (held > 0 && held + reads > this.maximum) return false;
    if (this.#count > 0 && this.#count + reads > this.maximum * SENDERS) return false;
    this.#held.set(sender, held + reads);
    this.#count += reads;
    return true;
  }

  /** An operation has ended. */
  leave(sender: string, reads: number): void {
    if (reads <= FEW) return;
    const left = (this.#held.get(sender) ?? 0) - reads;
    if (left > 0) this.#held.set(sender, left);
    else this.#held.delete(sender);
    this.#count -= reads;
  }
}
