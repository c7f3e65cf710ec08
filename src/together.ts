/**
 * What becomes ready at the same look at the connections goes on together: all take their first step, then all take their
 * second. The code and the data of a step that another request has just taken are in the processor's caches still: with 32
 * requests under way, a create takes a quarter less CPU time than when each goes all its way alone. Nobody waits for what is
 * not there yet: a group begins when the look is over, or when there are enough.
 */

/** With so many, a group begins at once: more gain next to nothing, and the first waits for the last at every step. */
const GROUP = 16;

/** A point on the way of requests where they gather. */
export class Gathering {
  #waiting: (() => void)[] = [];

  /** @param go Is called with the others' at the end of this look at the connections, or as soon as they are a group. */
  join(go: () => void): void {
    const count = this.#waiting.push(go);
    if (count === 1) setImmediate(this.#start);
    // Others may have come meanwhile, which go along.
    else if (count === GROUP) process.nextTick(this.#start);
  }

  readonly #start = (): void => {
    const group = this.#waiting;
    this.#waiting = [];
    for (const go of group) go();
  };
}
