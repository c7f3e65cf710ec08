/** The groups of identity stores. */
import { requireName } from './names.ts';
import { thingOperations } from './thing-operations.ts';

export const groupOperations = thingOperations({
  noun: 'Group',
  things: ({ groups }) => groups,
  name: 'DisplayName',
  unique: new Map([['displayname', 'lowerDisplayName']]),
  check: ({ DisplayName }) => requireName('displayName', DisplayName),
  taken: () => 'GroupDisplayName',
});
