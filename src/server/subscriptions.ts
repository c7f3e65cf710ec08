import type { ServerResponse } from 'node:http';

/** What of an answer ends it in the middle. */
interface Stoppable {
  stop(): void;
}

/** The subscriptions that are open: how many, from when they were let in until their answers have ended. */
export class Subscriptions {
  readonly maximum: number;
  #count = 0;
  #isOver = false;
  readonly #answers = new Set<Stoppable>();

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  get count(): number {
    return this.#count;
  }

  /** Lets one more in, if there is room. */
  enter(): boolean {
    if (this.#count >= this.maximum) return false;
    this.#count += 1;
    return true;
  }

  /** One has not come about. */
  leave(): void {
    this.#count -= 1;
  }

  /** One goes on until its client leaves, or it ends. */
  leaveAfter(response: ServerResponse, answer: Stoppable): void {
    if (response.closed) return this.leave();
    this.#answers.add(answer);
    response.once('close', () => {
      this.#answers.delete(answer);
      this.leave();
    });
    if (this.#isOver) answer.stop();
    return undefined;
  }

  /** Ends all, and those that come after, in the middle: their clients ask for them again, of whoever serves then. */
  endAll(): void {
    this.#isOver = true;
    for (const answer of this.#answers) answer.stop();
  }
}
