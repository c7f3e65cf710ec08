/** How many bytes of AWS's answers requests under way have read: what is made of them stays until they are answered. */
import type { AnswerRoom, LackOfRoom } from '../../aws/failure.ts';
import { Room } from './room.ts';

/** What is not counted of a request: there are as few of these as requests in flight. */
const FEW = 16_384;

export class UpstreamBytesInFlight {
  readonly #room: Room;

  constructor(maximum: number) {
    this.#room = new Room(maximum);
  }

  get maximum(): number {
    return this.#room.maximum;
  }

  /** How many bytes there are. */
  get count(): number {
    return this.#room.count;
  }

  /** Begins to count what a request reads. */
  open(sender: string): HeldAnswers {
    return new HeldAnswers(this.#room, sender);
  }
}

/** What one request has read, until it is answered. */
export class HeldAnswers implements AnswerRoom {
  readonly #room: Room;
  readonly #sender: string;
  #bytes = 0;
  #counted = 0;

  constructor(room: Room, sender: string) {
    this.#room = room;
    this.#sender = sender;
  }

  take(bytes: number): LackOfRoom | undefined {
    this.#bytes += bytes;
    if (this.#bytes <= FEW) return undefined;
    const more = this.#bytes - this.#counted;
    const of = this.#room.lacking(this.#sender, more, this.#counted);
    if (of) return { of, maximum: of === 'all' ? this.#room.maximum : this.#room.each };
    this.#room.take(this.#sender, more);
    this.#counted += more;
    return undefined;
  }

  release(): void {
    this.#room.giveBack(this.#sender, this.#counted);
    this.#counted = 0;
  }
}
