/** Identity stores: what everything in them has in common. */
import type { Context } from '../../schema/context.ts';
import { identityStore } from './service.ts';

/** What schemas say of `identityStoreId`. */
export const storeIdDescription =
  'The identity store; the one that the gateway is configured with if absent.';

/** An input that may leave out its store, with the gateway's own. Where there is none, the check of the request says so. */
export function inStore<Input extends { readonly identityStoreId?: string | null | undefined }>(
  context: Context,
  input: Input,
): Input & { readonly identityStoreId: string } {
  const { identityStoreId } = context.settings(identityStore);
  return { ...input, identityStoreId: (input.identityStoreId ?? identityStoreId) as string };
}

/** What a not-found answer means to operations on a whole store. */
export function missingStore(identityStoreId: string) {
  return {
    resourceType: 'IDENTITY_STORE',
    resourceId: identityStoreId,
    message: `There is no identity store ${identityStoreId}.`,
  } as const;
}
