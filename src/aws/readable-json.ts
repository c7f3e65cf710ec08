/** Makes JSON of answers such that reading it costs no more than its length: before the SDK's functions read it. */

/**
 * How deep it may be nested: the SDK's functions call themselves for each level. It is enough for what AWS's models describe and for
 * all that is passed on of the free-form JSON in it.
 */
const MAX_DEPTH = 200;

/** Of numbers that a double cannot hold, the SDK writes out all digits, of which an exponent names any number. */
const MAX_EXPONENT = 300;
const MAX_DIGITS = 100;

const [QUOTE, BACKSLASH, MINUS] = [0x22, 0x5c, 0x2d];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

const nothing = Buffer.from('null');
const quote = Buffer.from('"');

/**
 * The same JSON with null for what is nested deeper, and texts for numbers that have more digits. Of what is no JSON, nothing is
 * promised: the SDK refuses it.
 */
export function readableJson(json: Buffer): Buffer {
  const kept: Buffer[] = [];
  let [depth, keptTo] = [0, 0];
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] as number;
    switch (byte) {
      case QUOTE:
        at = endOfText(json, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        depth += 1;
        if (depth === MAX_DEPTH + 1) kept.push(json.subarray(keptTo, at), nothing);
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        if (depth === MAX_DEPTH + 1) keptTo = at + 1;
        depth -= 1;
        break;
      default:
        if (byte === MINUS || isDigit(byte)) {
          const end = endOfNumber(json, at);
          if (depth <= MAX_DEPTH && hasManyDigits(json, at, end)) {
            kept.push(json.subarray(keptTo, at), quote, json.subarray(at, end), quote);
            keptTo = end;
          }
          at = end - 1;
        }
    }
  }
  if (kept.length === 0) return json;
  return Buffer.concat([...kept, json.subarray(keptTo)]);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** A number goes on with digits, a point, an exponent and its sign. */
function endOfNumber(json: Buffer, start: number): number {
  let end = start + 1;
  for (let byte = json[end]; isDigit(byte) || isOfNumber(byte); byte = json[end]) end += 1;
  return end;
}

function isOfNumber(byte: number | undefined): boolean {
  return byte === 0x2e || byte === 0x65 || byte === 0x45 || byte === 0x2b || byte === MINUS;
}

function hasManyDigits(json: Buffer, start: number, end: number): boolean {
  if (end - start > MAX_DIGITS) return true;
  // So short a number has neither.
  if (end - start < 5) return false;
  const [, exponent] = json.toString('latin1', start, end).split(/[eE]/, 2);
  return exponent !== undefined && Math.abs(Number(exponent)) > MAX_EXPONENT;
}

/** Where a text ends that starts at a quotation mark: at the next one that is not escaped. */
function endOfText(json: Buffer, start: number): number {
  let end = json.indexOf(QUOTE, start + 1);
  while (end >= 0 && isEscaped(json, end)) end = json.indexOf(QUOTE, end + 1);
  return end < 0 ? json.length : end;
}

function isEscaped(json: Buffer, at: number): boolean {
  let escapes = 0;
  while (json[at - 1 - escapes] === BACKSLASH) escapes += 1;
  return escapes % 2 === 1;
}
