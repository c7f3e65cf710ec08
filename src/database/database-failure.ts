/** What callers are told when the database cannot be used. */
import { ProviderFailureError } from '../errors.ts';
import { CrowdedDatabaseError, NoDatabaseError } from './database-error.ts';

/**
 * The error of what needs the database.
 *
 * @param purpose What the database does for it: "keeps the bulk jobs".
 * @param further More to say, as a sentence.
 */
export function databaseFailure(cause: unknown, purpose: string, further = ''): ProviderFailureError {
  if (cause instanceof CrowdedDatabaseError) {
    return new ProviderFailureError({
      message: `Too much of what this caller asked of the database, which ${purpose}, waited before it. Ask for less at a time.${further && ` ${further}`}`,
      retryable: true,
      cause,
    });
  }
  const missing = cause instanceof NoDatabaseError ? cause : undefined;
  const what = missing ? 'has no database' : 'cannot use its database';
  const remedy = missing ? ` Its operator has to set ${missing.remedy}.` : '';
  return new ProviderFailureError({
    message: `This gateway ${what}, which ${purpose}.${remedy}${further && ` ${further}`}`,
    retryable: !missing,
    cause,
  });
}
