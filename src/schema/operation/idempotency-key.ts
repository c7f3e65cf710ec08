/** What a mutation's schema says of its idempotency key. */
import { idempotencyKeyForm } from '../../adapter/idempotency-key.ts';
import type { AwsOperation } from '../../adapter/operation.ts';

/** @param isBatch Whether items have outcomes of their own. */
export function idempotencyKeyDescription(aws: readonly AwsOperation[], isBatch = false): string {
  const changes = aws.filter(operation => operation.effect !== 'read');
  const rest = isBatch ? ' Of a batch, items that failed for a reason that passes are tried again.' : '';
  const sent = changes.every(({ takesKey }) => takesKey)
    ? ` AWS gets a hash of it and of who asks, as ${changes[0]?.keyMember}.`
    : '';
  return `Makes it safe to repeat the request: a repeat with the same key and input does nothing more, and is answered with what came of the first.${rest} ${idempotencyKeyForm(changes)}; remembered for 24 hours unless the gateway is configured otherwise.${sent}`;
}
