import type { ServerResponse } from 'node:http';

/** How many GraphQL requests there are: from when they were let in until their work is done and their answer is gone. */
export class InFlight {
  readonly maximum: number;
  #count = 0;
  readonly #leave = (): void => {
    this.#count -= 1;
  };

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

  /** One is done; it counts until its client has read the answer, or is cut off. */
  leaveAfter(response: ServerResponse): void {
    if (response.closed) this.#leave();
    else response.once('close', this.#leave);
  }
}
