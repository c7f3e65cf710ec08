/** Groups that rows of bulk jobs name. */
import { found } from '../../../adapter/look-up.ts';
import { inTerms, NotFoundError, namedAt } from '../../../errors.ts';
import type { JobRun } from '../../../jobs/job-run.ts';
import { builder } from '../../../schema/builder.ts';
import type { Context } from '../../../schema/context.ts';
import { lookedUpBy } from '../store-adapter.ts';
import { groups, type IdentityStoreGroupKey } from './adapter.ts';

export const IdentityStoreGroupReference = builder.inputType('IdentityStoreGroupReference', {
  description: 'A group of an identity store, by exactly one of these.',
  isOneOf: true,
  fields: t => ({
    groupId: t.string({ description: 'The id that AWS gave the group.' }),
    displayName: t.string({ description: 'The name of the group.' }),
  }),
});

export type GroupReference = typeof IdentityStoreGroupReference.$inferInput;

/** An id of the right form, for checks of rows that name their group otherwise. */
export const SOME_GROUP_ID = '00000000-0000-0000-0000-000000000000';

interface InStore {
  readonly identityStoreId: string;
}

/**
 * Says of what is wrong with the name or the id of a group, and of a group that there is not, where a row has it.
 *
 * @param at Where the row has the group.
 * @throws InvalidInputError, NotFoundError
 */
export function ofGroup<Result>(
  group: GroupReference,
  at: readonly string[],
  { identityStoreId }: InStore,
  doing: Promise<Result>,
): Promise<Result> {
  const given = [...at, ...Object.keys(group)];
  const checked = inTerms(doing, [
    [['groupId'], given],
    [lookedUpBy, given],
  ]);
  return namedAt(checked, given, { resourceType: 'GROUP', of: `the identity store ${identityStoreId}` });
}

/**
 * The id of a group whose members may be changed.
 *
 * @param which Says which group, of a row that may name several.
 * @throws NotFoundError, and AccessDeniedError where the group is protected.
 */
export async function groupIdOf(
  group: GroupReference,
  run: JobRun<InStore>,
  which?: string,
): Promise<string> {
  const { brakes, dryRun } = run;
  brakes.checkGroup([group.groupId, group.displayName], which);
  const groupId = await idOfGroup(group, run);
  brakes.checkGroup([groupId], which);
  // Whether there is one, a run finds out as it changes the members.
  if (group.groupId != null && (brakes.protectGroups || dryRun))
    brakes.checkGroup([await groupNameOf(groupId, run)], which);
  return groupId;
}

/**
 * The id of a group, protected or not, which is looked up once for all rows that name it.
 *
 * @throws NotFoundError
 */
export async function idOfGroup(
  { groupId, displayName }: GroupReference,
  run: JobRun<InStore>,
): Promise<string> {
  if (groupId != null) return groupId;
  const { identityStoreId } = run.options;
  return run.once(`group ${displayName}`, async context => {
    const key = await keyByName(displayName ?? '', identityStoreId, context);
    if (!key) {
      throw new NotFoundError({
        message: `The identity store ${identityStoreId} has no group of this name.`,
        resourceType: 'GROUP',
        resourceId: null,
      });
    }
    return key.groupId;
  });
}

/** The key of the group that a row names by its name; null if there is none, undefined for an id. */
export async function lookUpGroup(
  { displayName }: GroupReference,
  identityStoreId: string,
  context: Context,
): Promise<IdentityStoreGroupKey | null | undefined> {
  return displayName == null ? undefined : keyByName(displayName, identityStoreId, context);
}

/** The group of a name; null if there is none. */
function keyByName(
  name: string,
  identityStoreId: string,
  context: Context,
): Promise<IdentityStoreGroupKey | null> {
  const uniqueAttribute = { attributePath: 'displayName', attributeValue: name };
  return found(context.aws(groups).getKey({ identityStoreId, alternateIdentifier: { uniqueAttribute } }));
}

/** The name of a group, which is looked up once for all rows. */
export function groupNameOf(groupId: string, run: JobRun<InStore>): Promise<string> {
  const { identityStoreId } = run.options;
  return run.once(`name of ${groupId}`, async context => {
    const { displayName } = await context.aws(groups).describe({ identityStoreId, groupId });
    return displayName ?? '';
  });
}
