/**
 * Names and ids of AWS. What answers in AWS's place decides what it calls things: what is no such word may be anybody's data, of any
 * length, and comes into no log, trace, audit trail or answer.
 */
const word = /^[\w.:=+/-]{1,128}$/;

export function isWord(text: unknown): text is string {
  return typeof text === 'string' && word.test(text);
}

/** The text, if it is a word, and otherwise that it is none; undefined if there is none. */
export function wordOrNone(text: unknown): string | undefined {
  if (text === null || text === undefined) return undefined;
  return isWord(text) ? text : '(no name)';
}
