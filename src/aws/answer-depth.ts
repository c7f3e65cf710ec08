/** Bounds how deep an answer's JSON is nested, before the SDK's functions, which call themselves for each level, read it. */

/** Enough for what AWS's models describe and for all that is passed on of the free-form JSON in it. */
const MAX_DEPTH = 200;

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

const nothing = Buffer.from('null');

/** The same JSON with null for what is deeper. Of what is no JSON, nothing is promised: the SDK refuses it. */
export function withinDepth(json: Buffer): Buffer {
  const kept: Buffer[] = [];
  let [depth, keptTo] = [0, 0];
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
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
    }
  }
  if (kept.length === 0) return json;
  return Buffer.concat([...kept, json.subarray(keptTo)]);
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
