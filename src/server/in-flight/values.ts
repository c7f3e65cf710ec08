/** How many values the answers can have that are being made, which is what they take of memory. */
import { type Lack, Room } from './room.ts';

/** What is not counted: as few are such answers of all requests in flight. */
const FEW = 500;

/** How long an answer may wait for room: whoever asks waits as well. */
const WAIT_MS = 5_000;

interface Waiting {
  readonly sender: string;
  readonly values: number;
  readonly begin: (lack: Lack | undefined) => void;
  timer?: NodeJS.Timeout;
}

/** All answers together; for as much as there is room for, there is room to wait. */
export class ValuesInFlight {
  readonly #room: Room;
  readonly #waitingRoom: Room;
  readonly #line = new Set<Waiting>();

  constructor(maximum: number) {
    this.#room = new Room(maximum);
    this.#waitingRoom = new Room(maximum);
  }

  get maximum(): number {
    return this.#room.maximum;
  }

  /** What the answers of one sender may have, unless there is but one. */
  get share(): number {
    return this.#room.each;
  }

  /** How many values there are. */
  get count(): number {
    return this.#room.count;
  }

  /** Makes room for an answer: what there is too little of, if there is, or, if it is to wait, if there was until its time was up. */
  enter(sender: string, values: number): Lack | undefined | Promise<Lack | undefined> {
    if (values <= FEW) return undefined;
    if (!this.#lacking({ sender, values }) && !this.#isAwaited) {
      this.#room.take(sender, values);
      return undefined;
    }
    const lack = this.#waitingRoom.lacking(sender, values);
    if (lack) return lack;
    return new Promise(begin => {
      const waiting: Waiting = { sender, values, begin };
      waiting.timer = setTimeout(() => this.#end(waiting, this.#lacking(waiting) ?? 'all'), WAIT_MS);
      this.#waitingRoom.take(sender, values);
      this.#line.add(waiting);
    });
  }

  /** An answer was sent. */
  leave(sender: string, values: number): void {
    if (values <= FEW) return;
    this.#room.giveBack(sender, values);
    for (const next of this.#line) {
      const lack = this.#lacking(next);
      // Whose share is used up waits for its own answers, and nobody for it.
      if (lack === 'share') continue;
      if (lack === 'all') return;
      this.#room.take(next.sender, next.values);
      this.#end(next, undefined);
    }
  }

  #lacking({ sender, values }: Pick<Waiting, 'sender' | 'values'>): Lack | undefined {
    return this.#room.lacking(sender, values);
  }

  /** Whether somebody waits for what others have. */
  get #isAwaited(): boolean {
    for (const waiting of this.#line) if (this.#lacking(waiting) !== 'share') return true;
    return false;
  }

  #end(waiting: Waiting, lack: Lack | undefined): void {
    clearTimeout(waiting.timer);
    this.#line.delete(waiting);
    this.#waitingRoom.giveBack(waiting.sender, waiting.values);
    waiting.begin(lack);
  }
}
