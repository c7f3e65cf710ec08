import { AwsException } from '../../exception.ts';
import type { IdentityStoreState } from './state.ts';

export function invalid(message: string): AwsException {
  return new AwsException('ValidationException', message);
}

export function duplicate(attribute: string): AwsException {
  return taken(`Duplicate ${attribute}`);
}

export function taken(message: string): AwsException {
  return new AwsException('ConflictException', message, { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' });
}

/** What can be missing in a store. */
export type ResourceType = 'USER' | 'GROUP' | 'GROUP_MEMBERSHIP';

export function notFound(
  ResourceType: ResourceType,
  ResourceId?: string,
  message = `${ResourceType} not found.`,
): AwsException {
  return new AwsException('ResourceNotFoundException', message, { ResourceType, ResourceId });
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
