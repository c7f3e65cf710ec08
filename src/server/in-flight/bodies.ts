/**
 * How many bytes of memory requests' bodies take, counted as they arrive, since nobody has to believe what clients announce, and
 * with what is made of them.
 */

import { DocumentsInFlight } from './documents.ts';
import { type Lack, Room } from './room.ts';

/** What is not counted: there are as few of these as requests in flight, and as bodies that come, which are bounded as well. */
export const SMALL_BODY = 16_384;

/** How long a body may take to come while others need the room that it takes: who sends slowly must not lock them out. */
const PATIENCE_MS = 5_000;

/** All bodies together. */
export class BodiesInFlight {
  readonly #room: Room;
  /** Those that are not complete yet, the oldest first. */
  readonly #coming = new Set<HeldBody>();
  /** Their documents take of the same room. */
  readonly documents: DocumentsInFlight;

  constructor(maximum: number) {
    this.#room = new Room(maximum);
    this.documents = new DocumentsInFlight(this.#room);
  }

  get maximum(): number {
    return this.#room.maximum;
  }

  /** What the bodies of one sender may have, unless there is but one. */
  get share(): number {
    return this.#room.each;
  }

  /** How many bytes there are. */
  get count(): number {
    return this.#room.count;
  }

  /**
   * Begins to count a body.
   *
   * @param giveUp Has its request refused.
   */
  open(sender: string, giveUp: () => void): HeldBody {
    const body = new HeldBody(this, sender, giveUp);
    this.#coming.add(body);
    return body;
  }

  /** Begins to count what is made of a body that was too small to count. */
  openWhole(sender: string): HeldBody {
    return new HeldBody(this, sender, () => {});
  }

  /** Makes room for more bytes of a body; what there is too little of, if there is. */
  take(body: HeldBody, bytes: number): Lack | undefined {
    this.#giveUpSlow(body, bytes, 'share');
    this.#giveUpSlow(body, bytes, 'all');
    const lack = this.#lacking(body, bytes);
    if (!lack) this.#room.take(body.sender, bytes);
    return lack;
  }

  complete(body: HeldBody): void {
    this.#coming.delete(body);
  }

  giveBack(body: HeldBody, bytes: number): void {
    this.#coming.delete(body);
    this.#room.giveBack(body.sender, bytes);
  }

  #lacking({ sender, bytes: own }: HeldBody, bytes: number): Lack | undefined {
    return this.#room.lacking(sender, bytes, own);
  }

  /** Gives up bodies that come slowly, as long as there is too little of this; of a share, the sender's own. */
  #giveUpSlow(body: HeldBody, bytes: number, lack: Lack): void {
    const latest = performance.now() - PATIENCE_MS;
    for (const slow of this.#coming) {
      if (this.#lacking(body, bytes) !== lack || slow.since > latest) return;
      if (slow !== body && (lack === 'all' || slow.sender === body.sender)) slow.giveUp(lack);
    }
  }
}

/** One body, from when it turned out not to be small until its request is answered. */
export class HeldBody {
  /** A reading of `performance.now()`. */
  readonly since = performance.now();
  readonly sender: string;
  readonly #all: BodiesInFlight;
  readonly #refuse: () => void;
  #bytes = 0;
  #givenUp: Lack | undefined;

  constructor(all: BodiesInFlight, sender: string, refuse: () => void) {
    this.#all = all;
    this.sender = sender;
    this.#refuse = refuse;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** For want of what it was given up, if it was. */
  get givenUp(): Lack | undefined {
    return this.#givenUp;
  }

  /** There is more of it; it is given up if there is no room for that. */
  grow(bytes: number): void {
    const lack = this.#all.take(this, bytes);
    if (lack) this.giveUp(lack);
    else this.#bytes += bytes;
  }

  /** All of it is there. */
  complete(): void {
    this.#all.complete(this);
  }

  giveUp(lack: Lack): void {
    this.#givenUp = lack;
    this.release();
    this.#refuse();
  }

  /** Nobody needs it any more. */
  release(): void {
    this.#all.giveBack(this, this.#bytes);
    this.#bytes = 0;
  }
}
