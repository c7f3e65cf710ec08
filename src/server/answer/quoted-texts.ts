/** Texts that messages of GraphQL's implementation quote: it repeats values whole, however long or private they are. */

/** No picture is as short as this in base64; what names something seldom is longer. */
const MAX_QUOTED = 64;

/** A message without its long quoted texts: not even how they begin is told. */
export function withoutLongTexts(message: string): string {
  let kept = '';
  let at = 0;
  while (at < message.length) {
    const start = message.indexOf('"', at);
    if (start === -1) break;
    const end = endOfText(message, start + 1);
    const isLong = end - start - 1 > MAX_QUOTED;
    kept += isLong ? `${message.slice(at, start)}"…"` : message.slice(at, end + 1);
    at = end + 1;
  }
  return kept + message.slice(at);
}

/** Where the quotation mark is that ends a text; the end of the message if there is none. */
function endOfText(message: string, start: number): number {
  for (let at = start; at < message.length; at += 1) {
    if (message[at] === '\\') at += 1;
    else if (message[at] === '"') return at;
  }
  return message.length;
}
