/**
 * The same text without the longer one that it was cut out of, for what is kept longer than a request: V8 keeps all of a text as long as a part
 * of it is there, so that a token or an address would keep the whole header that it came in.
 *
 * @param text Of characters of Latin 1, as headers are.
 */
export function detachedText(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
