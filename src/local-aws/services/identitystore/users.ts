/** The users of identity stores. */
import { invalid } from './exceptions.ts';
import { requireExtensions, withExtensions } from './extensions.ts';
import { requireName } from './names.ts';
import type { StoredUser } from './state.ts';
import { thingOperations } from './thing-operations.ts';

export const userOperations = thingOperations({
  noun: 'User',
  things: ({ users }) => users,
  name: 'UserName',
  unique: new Map([
    ['username', 'lowerUserName'],
    ['emails.value', 'lowerEmail'],
  ]),
  check(user) {
    requireAttributes(user);
    requireExtensions(Object.keys(user.Extensions ?? {}));
  },
  atFirst: { UserStatus: 'ENABLED' },
  taken({ IdentityStoreId, UserId, UserName = '' }, users) {
    const namesake = users.find({ IdentityStoreId, lowerUserName: UserName.toLowerCase() });
    return namesake && namesake.UserId !== UserId ? 'UserName' : 'Email';
  },
  checkRead: ({ Extensions = [] }: Wanted) => requireExtensions(Extensions),
  described: (user, { Extensions }: Wanted) => withExtensions(user, Extensions),
});

/** The extensions that a request names. */
interface Wanted {
  readonly Extensions?: readonly string[];
}

/** AWS's model marks these attributes optional; IAM Identity Center wants them all the same. */
function requireAttributes({ UserName, DisplayName, Name }: Partial<StoredUser>): void {
  requireName('userName', UserName);
  const missing = [
    ...(DisplayName === undefined ? ['displayname'] : []),
    ...(Name === undefined ? ['name'] : []),
    ...(Name && Name.GivenName === undefined ? ['givenname'] : []),
    ...(Name && Name.FamilyName === undefined ? ['familyname'] : []),
  ];
  if (missing.length > 0) {
    throw invalid(missing.map(name => `${name}: The attribute ${name} is required`).join(', '));
  }
}
