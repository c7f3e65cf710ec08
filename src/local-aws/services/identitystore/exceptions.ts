import { AwsException } from '../../exception.ts';
import type { IdentityStoreState } from './state.ts';

export function invalid(message: string): AwsException {
  return new AwsException('ValidationException', message);
}

export function duplicate(attribute: string): AwsException {
  return new AwsException('ConflictException', `Duplicate ${attribute}`, {
    Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
  });
}

/** @param noun The kind of thing: "User". */
export function notFound(noun: string, ResourceId?: string): AwsException {
  const ResourceType = noun.toUpperCase();
  return new AwsException('ResourceNotFoundException', `${ResourceType} not found.`, {
    ResourceType,
    ResourceId,
  });
}

export function invalidPaginationToken(): AwsException {
  return invalid('The NextToken is not valid for this request');
}

/** Every operation needs its store to exist before it looks any further. */
export function requireStore({ stores }: Pick<IdentityStoreState, 'stores'>, id: string): void {
  if (stores.has(id)) return;
  throw new AwsException(
    'ResourceNotFoundException',
    `IdentityStore not present for IdentityStoreId: ${id}`,
    {
      ResourceType: 'IDENTITY_STORE',
      ResourceId: id,
    },
  );
}

export function throttled(retryAfterSeconds?: number): AwsException {
  return new AwsException('ThrottlingException', 'Rate exceeded', { RetryAfterSeconds: retryAfterSeconds });
}
