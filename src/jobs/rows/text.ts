/** The bytes of a file of text: whether they are one, and on which line something is. */
import { isUtf8 } from 'node:buffer';
import { type InvalidInputError, invalidInput } from '../../errors.ts';

const LF = 10;
const CR = 13;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** The refusal of a file as a whole. */
export function wrongSource(...messages: readonly string[]): InvalidInputError {
  return invalidInput(messages.map(message => ({ path: [], message })));
}

/** Why there are too many rows, wherever they come from. */
export function tooManyRows(maximum: number): string {
  return `The source has more than ${maximum.toLocaleString('en')} rows.`;
}

/**
 * A file's text in UTF-8, without its byte order mark.
 *
 * @throws InvalidInputError when it is in another encoding.
 */
export function readableText(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isUtf8(text)) {
    throw wrongSource(`Line ${lineOfFlaw(text)} is not encoded in UTF-8: save the file as UTF-8.`);
  }
  return text.indexOf(BYTE_ORDER_MARK) === 0 ? text.subarray(BYTE_ORDER_MARK.length) : text;
}

/**
 * No character has the byte of a line's end in it, so that lines can be looked at by themselves: always those of about half of
 * what is left, for there may be millions.
 */
function lineOfFlaw(text: Buffer): number {
  let [start, end] = [0, text.length];
  for (;;) {
    const half = Math.floor((start + end) / 2);
    let middle = text.indexOf(LF, half) + 1;
    if (middle === 0 || middle >= end) middle = half > start ? text.lastIndexOf(LF, half - 1) + 1 : start;
    if (middle <= start) return 1 + endsIn(text.subarray(0, start));
    if (isUtf8(text.subarray(start, middle))) start = middle;
    else end = middle;
  }
}

/** How many lines end in a text. */
function endsIn(text: Buffer): number {
  let ends = 0;
  for (let at = 0; at < text.length; at += 1) if (text[at] === LF) ends += 1;
  return ends;
}

/** Follows rows through a text, to tell on which line each begins. */
export class Lines {
  readonly #text: Buffer;
  #at = 0;
  #line = 1;

  constructor(text: Buffer) {
    this.#text = text;
  }

  /**
   * The line of what comes next at an offset or, if blank lines follow there, after them.
   *
   * @param offset Not before the one of the call before.
   */
  lineAt(offset: number): number {
    while (this.#at < this.#text.length && (this.#at < offset || this.#isAtEnd())) {
      // CR and LF together end one line.
      if (this.#isAtEnd() && !(this.#text[this.#at] === CR && this.#text[this.#at + 1] === LF))
        this.#line += 1;
      this.#at += 1;
    }
    return this.#line;
  }

  #isAtEnd(): boolean {
    const byte = this.#text[this.#at];
    return byte === LF || byte === CR;
  }
}
