/** Errors of rows, as they are kept: what the schema shows of them. */
import { type ApiError, type InputIssue, ProviderFailureError } from '../errors.ts';
import { storable } from '../json/storable.ts';

/** The facts of an ApiError, as they are kept; they hold ids and words of ours, and no profile. */
export interface RowError {
  readonly name: string;
  readonly message: string;
  readonly issues?: readonly InputIssue[];
  readonly [fact: string]: unknown;
}

/** What is kept of an error, which may name a member by a name that the database cannot keep. */
export function keptOf(error: ApiError): RowError {
  const facts = Object.entries(error).filter(([name]) => name !== 'cause');
  return storable({ ...Object.fromEntries(facts), name: error.name, message: error.message });
}

/** The error again, for who shows its facts. */
export function errorOf(kept: unknown): ApiError {
  return kept as ApiError;
}

/** What is told of a row when something refuses to go on with it before it is known what an earlier process did of it. */
export function inDoubt(refusal: ApiError): ApiError {
  return new ProviderFailureError({
    message: `${refusal.message} An earlier process had begun to change it: whether it did is unknown.`,
    retryable: false,
    outcomeUnknown: true,
    cause: refusal,
  });
}

/** The same of a row that the end of its job has left. */
export function leftInDoubt(): ApiError {
  return new ProviderFailureError({
    message:
      'The job ended before it was known what became of this row, of which calls had been sent: whether it was done is unknown. retryJob finds it out.',
    retryable: false,
    outcomeUnknown: true,
  });
}

/** The error of a row of which a part was done when its job ended. */
export function brokenOff(): ApiError {
  return new ProviderFailureError({
    message: 'The job ended before the rest of this row was done. retryJob does it.',
    retryable: true,
  });
}

/** An error that nobody foresaw, where it may have come after a change, and where it cannot have. */
export function unforeseen(outcomeUnknown: boolean): ApiError {
  const what = outcomeUnknown ? 'What was done of this row is unknown.' : 'Nothing was changed.';
  return new ProviderFailureError({
    message: `An unexpected error in this gateway, which its log tells more of. ${what}`,
    retryable: false,
    outcomeUnknown,
  });
}
