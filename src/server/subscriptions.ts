import type { ServerResponse } from 'node:http';
import { Shares } from './in-flight/shares.ts';

/** What of an answer ends it in the middle. */
interface Stoppable {
  stop(): void;
}

/** The subscriptions that are open: how many, from when they were let in until their answers have ended. */
export class Subscriptions {
  readonly #places: Shares;
  #isOver = false;
  readonly #answers = new Set<Stoppable>();

  constructor(maximum: number) {
    this.#places = new Shares(maximum);
  }

  get maximum(): number {
    return this.#places.maximum;
  }

  /** How many a sender may have open. */
  get share(): number {
    return this.#places.each;
  }

  get count(): number {
    return this.#places.count;
  }

  /** Lets one more in of a sender; what there is none of, if there is no room. */
  enter(sender: string): ReturnType<Shares['take']> {
    return this.#places.take(sender);
  }

  /** One has not come about. */
  leave(sender: string): void {
    this.#places.leave(sender);
  }

  /** One goes on until its client leaves, or it ends. */
  leaveAfter(response: ServerResponse, answer: Stoppable, sender: string): void {
    if (response.closed) return this.leave(sender);
    this.#answers.add(answer);
    response.once('close', () => {
      this.#answers.delete(answer);
      this.leave(sender);
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
