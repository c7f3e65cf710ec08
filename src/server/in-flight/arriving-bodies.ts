/**
 * The bytes of bodies as they arrive. Each piece that arrives is an object of its own, which takes some four hundred bytes of memory
 * even if it has one: so small ones are put together. Node keeps all pieces until somebody reads, of which a body in chunks
 * may have ten thousand in what a connection has at a time: those are read from the first on, also while the request waits for
 * its turn.
 */
import type { IncomingMessage } from 'node:http';

/** Smaller pieces are copied into blocks of this many bytes. */
const BLOCK = 16_384;
const SMALL_PIECE = 4_096;

/** How much is taken of a body that nobody reads yet, before its connection has to wait. */
const UNREAD = 65_536;

/** Who reads a body. */
export interface BodyReader {
  /** So many bytes are there now. */
  readonly grown: (length: number) => void;
  /** All of it is there. */
  readonly complete: () => void;
  /** The client went away before the end. */
  readonly left: () => void;
}

const early = new WeakMap<IncomingMessage, ArrivingBody>();

/** Begins to read the body of a request if it comes in chunks. */
export function takeChunks(request: IncomingMessage): void {
  if (request.headers['transfer-encoding'] === undefined) return;
  early.set(request, new ArrivingBody(request));
  // Before it is asked for something, a stream keeps what comes.
  request.read(0);
}

/** Nobody wants what a request has in chunks any more. */
export function forgetChunks(request: IncomingMessage): void {
  early.get(request)?.discard();
}

/** The body of a request. */
export function arrivingBody(request: IncomingMessage): ArrivingBody {
  return early.get(request) ?? new ArrivingBody(request);
}

export class ArrivingBody {
  readonly #request: IncomingMessage;
  #pieces: Buffer[] = [];
  /** The block that is being filled, and how far it is. */
  #block: Buffer | undefined;
  #filled = 0;
  #length = 0;
  #reader: BodyReader | undefined;
  #end: 'complete' | 'left' | undefined;
  #isUnwanted = false;
  #isHeldUp = false;

  constructor(request: IncomingMessage) {
    this.#request = request;
    request
      .on('data', (piece: Buffer) => this.#take(piece))
      .on('end', () => this.#finish('complete'))
      .on('close', () => this.#finish('left'));
  }

  /** Tells a reader what comes, and what is there already. */
  readBy(reader: BodyReader): void {
    if (this.#length > 0) reader.grown(this.#length);
    if (this.#end) {
      reader[this.#end]();
      return;
    }
    this.#reader = reader;
    this.#goOn();
  }

  /** Nobody wants it any more: what comes of it is thrown away as it arrives. */
  discard(): void {
    this.#isUnwanted = true;
    this.#pieces = [];
    this.#block = undefined;
    this.#filled = 0;
    this.#goOn();
  }

  /** What is there, which is not kept. */
  taken(): Buffer {
    this.#closeBlock();
    const [only] = this.#pieces;
    const bytes = only && this.#pieces.length === 1 ? only : Buffer.concat(this.#pieces);
    this.discard();
    return bytes;
  }

  #take(piece: Buffer): void {
    if (this.#isUnwanted) return;
    this.#length += piece.length;
    if (piece.length >= SMALL_PIECE || this.#length === piece.length) {
      this.#closeBlock();
      this.#pieces.push(piece);
    } else this.#copy(piece);
    if (this.#reader) this.#reader.grown(this.#length);
    else if (this.#length > UNREAD && !this.#isHeldUp) {
      this.#isHeldUp = true;
      this.#request.socket.pause();
    }
  }

  #copy(piece: Buffer): void {
    if (this.#block && this.#filled + piece.length > BLOCK) this.#closeBlock();
    this.#block ??= Buffer.allocUnsafe(BLOCK);
    this.#filled += piece.copy(this.#block, this.#filled);
  }

  #closeBlock(): void {
    if (!this.#block) return;
    // A block that is not full would be as dear as a full one.
    const filled = this.#block.subarray(0, this.#filled);
    this.#pieces.push(this.#filled > BLOCK / 2 ? filled : Buffer.from(filled));
    this.#block = undefined;
    this.#filled = 0;
  }

  #finish(end: 'complete' | 'left'): void {
    if (this.#end) return;
    this.#end = end;
    const reader = this.#reader;
    // The request is there until its answer is read, and must not hold all that was made of it as long.
    this.#reader = undefined;
    reader?.[end]();
  }

  #goOn(): void {
    if (!this.#isHeldUp) return;
    this.#isHeldUp = false;
    this.#request.socket.resume();
  }
}
