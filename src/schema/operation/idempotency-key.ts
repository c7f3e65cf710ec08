/** What a mutation's schema says of its idempotency key: it depends on what AWS does with one. */
import { idempotencyKeyForm } from '../../adapter/idempotency-key.ts';
import type { AwsOperation, Effect } from '../../adapter/operation.ts';

/** @param isBatch Whether items have outcomes of their own, so that what some of them meet is not met by the whole. */
export function idempotencyKeyDescription(
  effect: Effect,
  aws: readonly AwsOperation[],
  isBatch = false,
): string {
  const changes = aws.filter(operation => operation.effect !== 'read');
  const form = idempotencyKeyForm(changes);
  if (changes.every(({ takesKey }) => takesKey)) {
    return `Makes it safe to repeat the request: within the time that AWS remembers it, a repeat with the same key and input does nothing more and succeeds. ${form}. Sent to AWS as ${changes[0]?.keyMember}.`;
  }
  return `A key of yours for this request: ${form}. AWS has no place for it in this operation, so a repeat is not recognised: ${isBatch ? again : repeated(effect, changes)}.`;
}

const again = 'it is performed once more';

/** Only what AWS's model lists is promised. */
function repeated(effect: Effect, changes: readonly AwsOperation[]): string {
  if (effect === 'idempotentChange') return 'the same is done once more, which changes nothing';
  const are = (verb: string) => changes.every(({ name }) => name.startsWith(verb));
  const meet = (meaning: AwsOperation['meanings'][number]) =>
    changes.every(({ meanings }) => meanings.includes(meaning));
  if (are('Create') && meet('conflict')) return 'a second create meets a ConflictError';
  if (are('Delete') && meet('notFound')) return 'a second delete meets a NotFoundError';
  if (are('Delete') && meet('missingOrDenied')) return 'a second delete meets an AccessDeniedError';
  return again;
}
