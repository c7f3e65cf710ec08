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

/** No character has the byte of a line's end in it, so that each line can be looked at by itself. */
function lineOfFlaw(text: Buffer): number {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf(LF); end >= 0 && isUtf8(text.subarray(start, end)); line += 1) {
    start = end + 1;
    end = text.indexOf(LF, start);
  }
  return line;
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
