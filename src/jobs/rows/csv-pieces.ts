/** Pieces of a file of CSV that are taken apart at once, so that no row is looked into that is too long for one. */
import { LIGHT_BYTES } from '../../turns.ts';

/** A part of a file, from one byte to before another. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /**
   * Whole rows; a row that is too long, which begins here; or its first bytes, if a quote is open where it becomes too long:
   * it may be one that was forgotten to be closed, so that nobody can tell where the row ends.
   */
  readonly holds: 'rows' | 'longRow' | 'openRow';
}

const [LF, CR, QUOTE] = [0x0a, 0x0d, 0x22];

/** The pieces of a text in their order. There are none behind a row that is open. */
export function* piecesOf(text: Buffer, maxRowBytes: number): Generator<Piece, void> {
  let start = 0;
  let row = 0;
  let isQuoted = false;
  for (let at = 0; at <= text.length; at += 1) {
    const byte = text[at];
    // One within quotes is written twice.
    if (byte === QUOTE) isQuoted = !isQuoted;
    const isTooLong = at - row > maxRowBytes;
    const isOpen = isTooLong && isQuoted;
    const isEnd = at === text.length || (!isQuoted && (byte === LF || byte === CR));
    if (!isEnd && !isOpen) continue;
    const end = Math.min(at + 1, text.length);
    if (isTooLong && row > start) yield { start, end: row, holds: 'rows' };
    if (isTooLong) yield { start: row, end, holds: isOpen ? 'openRow' : 'longRow' };
    else if (at === text.length || end - start >= LIGHT_BYTES) yield { start, end, holds: 'rows' };
    else {
      row = end;
      continue;
    }
    if (isOpen) return;
    start = row = end;
  }
}
