/** Words of callers as they may stand in logs and traces. */

/** Names of operations are the caller's choice; one that is longer is no name that a person wrote. */
const MAX_NAME_LENGTH = 64;

/** The name that a caller gave an operation, or its beginning. */
export function boundedName(name: string | undefined): string | undefined {
  return name?.slice(0, MAX_NAME_LENGTH);
}
