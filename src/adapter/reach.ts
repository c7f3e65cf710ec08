/** What of a provider a call to AWS reaches, for callers that are limited to some of it. */
import type { Principal } from '../auth/principal.ts';
import { AccessDeniedError } from '../errors.ts';
import type { AwsOperation } from './operation.ts';

/** The members of AWS's requests that name what a user belongs to, and what patterns have before these names. */
const kinds: Readonly<Record<string, string>> = {
  AccountId: 'account/',
  CollectionId: 'collection/',
  IdentityStoreId: '',
};

/** Those members of a request that name what it reaches. */
export function resourceMembers(members: readonly string[]): readonly string[] {
  return members.filter(member => Object.hasOwn(kinds, member));
}

/**
 * Lets a request pass that stays within the caller's bounds.
 *
 * @throws AccessDeniedError when it does not, and when nothing in it limits what it reaches.
 */
export function checkReach(
  principal: Principal,
  {
    name,
    service: { provider },
    resourceMembers: members,
  }: Pick<AwsOperation, 'name' | 'service' | 'resourceMembers'>,
  request: object,
): void {
  if (!principal.isBounded) return;
  if (members.length === 0) {
    if (principal.reaches({ provider })) return;
    const message = `The caller is limited to some resources, and AWS's ${name} cannot be limited to them.`;
    throw new AccessDeniedError({ message });
  }
  for (const member of members) {
    const part = `${kinds[member]}${String((request as Readonly<Record<string, unknown>>)[member])}`;
    if (principal.reaches({ provider, part })) continue;
    throw new AccessDeniedError({
      message: `The caller is limited to some resources, of which ${provider}:${part} is none.`,
    });
  }
}
