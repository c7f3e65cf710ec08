/** The time in a world: the machine's, unless it was set or advanced. */
export class Clock {
  readonly #real: () => Date;
  #aheadMs = 0;
  #stoppedAt: number | undefined;

  /** @param real What it shows as long as nobody sets it. */
  constructor(real: () => Date = () => new Date()) {
    this.#real = real;
  }

  readonly now = (): Date => new Date(this.#stoppedAt ?? this.#real().getTime() + this.#aheadMs);

  /** Whether it stands still until it is advanced. */
  get stopped(): boolean {
    return this.#stoppedAt !== undefined;
  }

  /** Sets it; it runs on from there, or stands still. */
  set(time: Date, stopped = this.stopped): void {
    this.#aheadMs = time.getTime() - this.#real().getTime();
    this.#stoppedAt = stopped ? time.getTime() : undefined;
  }

  advance(milliseconds: number): void {
    this.set(new Date(this.now().getTime() + milliseconds));
  }

  /** Back to the machine's time. */
  reset(): void {
    this.#aheadMs = 0;
    this.#stoppedAt = undefined;
  }
}
