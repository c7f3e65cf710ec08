/** How much of something each of many has; who has none of it is not kept. */
export class Tally {
  readonly #amounts = new Map<string, number>();

  of(name: string): number {
    return this.#amounts.get(name) ?? 0;
  }

  /** @param amount Less than zero for what somebody has no more. */
  add(name: string, amount: number): void {
    const all = this.of(name) + amount;
    if (all === 0) this.#amounts.delete(name);
    else this.#amounts.set(name, all);
  }
}
