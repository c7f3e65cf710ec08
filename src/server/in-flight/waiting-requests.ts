/**
 * Requests that wait for their turn, of which nothing was looked at yet. When as many wait as may, one is given up for each that
 * comes: the last of the longest line, so that who sends few is never refused because of who sends many.
 */
import { turns } from '../../turns.ts';

interface Waiting {
  readonly line: string;
  isGivenUp: boolean;
  /** @param hasCome Whether it ends with its turn. */
  readonly settle: (hasCome: boolean) => void;
}

export class WaitingRequests {
  readonly maximum: number;
  readonly #lines = new Map<string, Waiting[]>();
  #count = 0;

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  get count(): number {
    return this.#count;
  }

  /**
   * Waits for a turn.
   *
   * @returns Whether it has come; otherwise the request was given up.
   */
  wait(line: string): Promise<boolean> {
    const { promise, resolve: settle } = Promise.withResolvers<boolean>();
    const waiting: Waiting = { line, isGivenUp: false, settle };
    this.#add(waiting);
    void this.#takeTurn(waiting);
    return promise;
  }

  async #takeTurn(waiting: Waiting): Promise<void> {
    await turns.take(waiting.line);
    if (waiting.isGivenUp) return;
    this.#leave(waiting);
    waiting.settle(true);
  }

  #add(waiting: Waiting): void {
    const line = this.#lines.get(waiting.line);
    if (line) line.push(waiting);
    else this.#lines.set(waiting.line, [waiting]);
    this.#count += 1;
    if (this.#count > this.maximum) this.#giveOneUp();
  }

  /** Turns come to each line in its order. */
  #leave({ line }: Waiting): void {
    const own = this.#lines.get(line);
    own?.shift();
    this.#forget(line, own);
  }

  #giveOneUp(): void {
    let longest: Waiting[] = [];
    for (const line of this.#lines.values()) {
      if (line.length > longest.length) longest = line;
    }
    const last = longest.pop();
    if (!last) return;
    last.isGivenUp = true;
    this.#forget(last.line, longest);
    last.settle(false);
  }

  #forget(line: string, own: readonly Waiting[] = []): void {
    this.#count -= 1;
    if (own.length === 0) this.#lines.delete(line);
  }
}
