/** What callers are told when the database cannot be used. */
import { ProviderFailureError } from '../errors.ts';
import { NoDatabaseError } from './database-error.ts';

/**
 * The error of what needs the database.
 *
 * @param purpose What the database does for it: "keeps the bulk jobs".
 * @param further More to say, as a sentence.
 */
export function databaseFailure(cause: unknown, purpose: string, further = ''): ProviderFailureError {
  const isForGood = cause instanceof NoDatabaseError;
  const what = isForGood ? 'has no database' : 'cannot use its database';
  const remedy = isForGood
    ? ' Its operator has to set DATABASE_URL and DATABASE_SECRET, or a DATABASE_FOLDER that can be written to.'
    : '';
  return new ProviderFailureError({
    message: `This gateway ${what}, which ${purpose}.${remedy}${further && ` ${further}`}`,
    retryable: !isForGood,
    cause,
  });
}
