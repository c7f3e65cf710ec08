/** Words of others as they may stand in logs and traces. */

/** Names of operations are the caller's choice; one that is longer is no name that a person wrote. */
const MAX_NAME_LENGTH = 64;

/** The name that a caller gave an operation, or its beginning. */
export function boundedName(name: string | undefined): string | undefined {
  return name?.slice(0, MAX_NAME_LENGTH);
}

/** What answers in AWS's place decides what it calls things. */
const sane = /^[\w.:-]{1,128}$/;

/** An id or a name from AWS. */
export function saneWord(word: string): string;
export function saneWord(word: string | null | undefined): string | undefined;
export function saneWord(word: string | null | undefined): string | undefined {
  if (word === null || word === undefined) return undefined;
  return sane.test(word) ? word : '(unfit for logs)';
}
