/** What a mutation's schema says of its idempotency key: it depends on what AWS does with one. */
import type { AwsOperation, Effect } from '../../adapter/operation.ts';

const FORM = '1 to 64 letters, digits, "-" and "_"';

/** @param name The mutation's. */
export function idempotencyKeyDescription(
  name: string,
  effect: Effect,
  aws: readonly AwsOperation[],
): string {
  if (aws.every(({ takesKey }) => takesKey)) {
    return `Makes it safe to repeat the request: within the time that AWS remembers it, a repeat with the same key and input does nothing more and succeeds. ${FORM}. Sent to AWS as ClientRequestToken.`;
  }
  return `A key of yours for this request: ${FORM}. AWS has no place for it in this operation, so a repeat is not recognised: ${repeated(name, effect)}.`;
}

function repeated(name: string, effect: Effect): string {
  if (effect === 'idempotentChange') return 'the same is done once more, which changes nothing';
  if (name.startsWith('create')) return 'a second create meets a ConflictError';
  if (name.startsWith('delete')) return 'a second delete meets a NotFoundError';
  return 'it is performed once more';
}
