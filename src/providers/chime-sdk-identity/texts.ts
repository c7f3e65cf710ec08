/** What descriptions of app instances, users and admins say alike. */

/** @param what The thing: "the user". */
export function unlessFound(what: string): string {
  return `AWS does not tell whether ${what} does not exist or this gateway may not read it: in both cases the field is null beside an error with the code ACCESS_DENIED.`;
}

export const inLists = ' In a list and after a create, asking for it costs one more call to AWS for each.';

/** What updates leave to chance. */
export const updateNote =
  'What is absent stays as it is, null unsets. AWS replaces name and metadata together: when only one of them is ' +
  'given, the other is read first and sent along, and a change that somebody makes to it in between is lost. Give ' +
  'both to leave nothing to chance.';
