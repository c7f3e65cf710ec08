/** What is said of users that are missing, or there already. */

/** What a not-found answer means: AWS does not tell whether the user or the collection is missing. */
export function missingUser(collectionId: string, userId: string) {
  return {
    resourceType: 'USER',
    resourceId: userId,
    message: `There is no user "${userId}" in a collection "${collectionId}".`,
  } as const;
}

/** What it means that a user cannot be created because its id is taken. */
export function userIsThere(collectionId: string, userId: string) {
  return {
    reason: 'ALREADY_EXISTS',
    message: `The collection "${collectionId}" already has a user "${userId}".`,
  } as const;
}
