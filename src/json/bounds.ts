/**
 * How much a JSON text holds, found out before it is parsed. Two bytes can be a value that takes sixty, seven one that takes 130:
 * text that is within the bounds of bytes would fill the heap.
 */

/** More levels than any input has, even with the 64 that free-form JSON in it may have. */
const MAX_NESTING = 100;

/** For how many bytes there may be a value: rows of bulk jobs have more for each, with the shortest names and ids. */
const BYTES_OF_VALUE = 8;

/** How many values there may be in any text. */
const FEW_VALUES = 1_000;

/** What a text has too much of, and how much it may have. */
export interface JsonExcess {
  /** Lists and objects within one another, or values in all: lists, objects, and what is in them. */
  readonly of: 'nesting' | 'values';
  readonly maximum: number;
}

const [QUOTE, BACKSLASH, COMMA, SPACE] = [0x22, 0x5c, 0x2c, 0x20];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * How many values there are in a text in UTF-8, or what there is too much of. It stops there, keeps nothing, and takes a
 * millisecond for a megabyte. Of what is no JSON it says something or other.
 */
export function valuesIn(text: Uint8Array): number | JsonExcess {
  const maxValues = Math.max(FEW_VALUES, Math.floor(text.length / BYTES_OF_VALUE));
  let [open, found] = [0, 1];
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case QUOTE:
        at = endOfText(text, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        open += 1;
        if (open > MAX_NESTING) return { of: 'nesting', maximum: MAX_NESTING };
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        open -= 1;
        // Of what is in it, all but the last come before a comma.
        if (!endsEmpty(text, at)) found += 1;
        break;
      case COMMA:
        found += 1;
        break;
      default:
        continue;
    }
    if (found > maxValues) return { of: 'values', maximum: maxValues };
  }
  return found;
}

/** Where a text within the text ends that begins here. */
function endOfText(text: Uint8Array, start: number): number {
  let end = start + 1;
  while (end < text.length && text[end] !== QUOTE) end += text[end] === BACKSLASH ? 2 : 1;
  return end;
}

/** Whether there is nothing between this bracket and the one before it. */
function endsEmpty(text: Uint8Array, close: number): boolean {
  let before = close - 1;
  while ((text[before] as number) <= SPACE) before -= 1;
  return text[before] === OPEN_LIST || text[before] === OPEN_OBJECT;
}
