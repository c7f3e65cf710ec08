/** Refusals of mutations, as a person would read them. */
import type { RefusalFragment } from './generated/graphql.ts';

/** The compiler objects when the schema has a kind of error that is not here. */
export function explain(refusal: RefusalFragment): string {
  const { message } = refusal;
  switch (refusal.__typename) {
    case 'InvalidInputError':
      return refusal.issues.map(issue => issue.message).join(' ');
    case 'ConflictError':
      return refusal.reason === 'ALREADY_EXISTS' ? 'This exists already.' : message;
    case 'NotFoundError':
      return `There is no such ${words(refusal.resourceType ?? 'thing')}.`;
    case 'AccessDeniedError':
      return `You may not do this${refusal.scope ? `: it takes the scope ${refusal.scope}` : ''}.`;
    case 'ThrottledError':
      return `Too much is asked of AWS. Try again in ${refusal.retryAfterSeconds ?? 'a few'} seconds.`;
    case 'QuotaExceededError':
      return `AWS has no room for more. ${message}`;
    case 'IdempotencyMismatchError':
      return 'This was sent before, with something else in it.';
    case 'ProviderFailureError':
      return `${message}${refusal.retryable ? ' Try again.' : ''} (Request ${refusal.requestId ?? 'unknown'})`;
    default:
      // A newer gateway may know more errors than this program; each has a message.
      refusal satisfies never;
      return message;
  }
}

function words(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ');
}
