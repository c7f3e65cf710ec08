/** Identity stores. */

/** What a not-found answer means to operations on a whole store. */
export function missingStore(identityStoreId: string) {
  return { resourceType: 'IDENTITY_STORE', resourceId: identityStoreId } as const;
}
