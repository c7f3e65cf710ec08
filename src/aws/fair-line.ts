/** Those who wait, each principal in a line of its own; the first of each line comes in turn. */

/** Somebody who waits. */
export interface InLine {
  readonly principal: string;
}

function nothing(): number {
  return 0;
}

export class FairLine<Waiting extends InLine> {
  /** In the order of their turns; an empty line is not kept. */
  readonly #lines = new Map<string, Waiting[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** How many of a principal wait. */
  sizeOf(principal: string): number {
    return this.#lines.get(principal)?.length ?? 0;
  }

  add(waiting: Waiting): void {
    const line = this.#lines.get(waiting.principal);
    if (line) line.push(waiting);
    else this.#lines.set(waiting.principal, [waiting]);
    this.#size += 1;
  }

  /**
   * Takes out who is next; the principal's next turn comes after all others'.
   *
   * @param held How much a principal has of what they wait for: who has least of it is next, whosever turn it is.
   */
  next(held: (principal: string) => number = nothing): Waiting | undefined {
    let least = Number.POSITIVE_INFINITY;
    let next: string | undefined;
    for (const principal of this.#lines.keys()) {
      const has = held(principal);
      if (has >= least) continue;
      least = has;
      next = principal;
      if (has === 0) break;
    }
    const line = next === undefined ? undefined : this.#lines.get(next);
    if (next === undefined || !line) return undefined;
    const first = line.shift();
    this.#lines.delete(next);
    if (line.length > 0) this.#lines.set(next, line);
    this.#size -= 1;
    return first;
  }

  remove(waiting: Waiting): void {
    const line = this.#lines.get(waiting.principal);
    const at = line?.indexOf(waiting) ?? -1;
    if (!line || at < 0) return;
    line.splice(at, 1);
    if (line.length === 0) this.#lines.delete(waiting.principal);
    this.#size -= 1;
  }

  /** How many would come before one more of a principal. */
  before(principal: string): number {
    const own = this.sizeOf(principal);
    let others = 0;
    for (const [each, line] of this.#lines) if (each !== principal) others += Math.min(line.length, own + 1);
    return own + others;
  }

  *[Symbol.iterator](): Generator<Waiting> {
    for (const line of this.#lines.values()) yield* line;
  }
}
