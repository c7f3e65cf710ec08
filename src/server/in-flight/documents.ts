/**
 * How many bytes of memory the documents of requests under way take. Requests with the same document have one tree: it is counted
 * once, as long as one of them is under way, as the caller's that came with it first.
 */
import type { DocumentNode } from 'graphql';
import type { Lack, Room } from './room.ts';

export class DocumentsInFlight {
  readonly #room: Room;
  readonly #held = new Map<DocumentNode, HeldDocument>();

  constructor(room: Room) {
    this.#room = room;
  }

  /**
   * Begins to count a document of a request, unless that is done.
   *
   * @param own How much of the room the request has already.
   * @returns What there is too little of, if there is.
   */
  hold(document: DocumentNode, bytes: number, sender: string, own: number): HeldDocument | Lack {
    let held = this.#held.get(document);
    if (!held) {
      const lack = this.#room.lacking(sender, bytes, own);
      if (lack) return lack;
      this.#room.take(sender, bytes);
      held = new HeldDocument(() => {
        this.#held.delete(document);
        this.#room.giveBack(sender, bytes);
      });
      this.#held.set(document, held);
    }
    held.join();
    return held;
  }
}

/** One document, until the last of its requests is answered. */
export class HeldDocument {
  readonly #end: () => void;
  #requests = 0;

  constructor(end: () => void) {
    this.#end = end;
  }

  join(): void {
    this.#requests += 1;
  }

  leave(): void {
    this.#requests -= 1;
    if (this.#requests === 0) this.#end();
  }
}
