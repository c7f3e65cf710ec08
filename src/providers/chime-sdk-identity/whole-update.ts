/** Updates at AWS that replace name and metadata together, from inputs that change some of them. */
import { cannotBeUnset, changesIn } from '../../adapter/changes.ts';
import type { AwsOperation } from '../../adapter/operation.ts';
import { type Finding, missedUpdate } from '../../adapter/settling.ts';
import type { InputIssue } from '../../errors.ts';

/** What can be changed; what is absent stays as it is. */
export interface NameAndMetadata {
  readonly name?: string | null | undefined;
  readonly metadata?: string | null | undefined;
}

const members = ['name', 'metadata'] as const;

/**
 * What is wrong with a change.
 *
 * @param like The create that has the same members.
 * @throws InvalidInputError when there is nothing to change.
 */
export function changeIssues(input: NameAndMetadata, like: AwsOperation): readonly InputIssue[] {
  const { issues } = changesIn(input, members, like);
  return input.name === null ? [cannotBeUnset(['name']), ...issues] : issues;
}

/** Whether the change says everything that AWS wants to be told; a name that is null says nothing. */
export function isWhole({ name, metadata }: NameAndMetadata): boolean {
  return name != null && metadata !== undefined;
}

/** A thing as AWS tells of it: metadata that are empty are none, since AWS has no other way to take them away. */
export function withMetadata<Thing extends { readonly metadata?: string | undefined }>(thing: Thing): Thing {
  return thing.metadata === '' ? { ...thing, metadata: undefined } : thing;
}

/** What became of an update, by what there is now: made is what is as asked for, whoever changed it. */
export function updatedWhole<Answer>(
  asked: NameAndMetadata,
  thing: (NameAndMetadata & { readonly lastUpdatedTimestamp?: Date | undefined }) | undefined,
  since: Date,
  answer: Answer,
): Finding<Answer> {
  const isThere = thing && members.every(member => (thing[member] ?? '') === (asked[member] ?? ''));
  return isThere ? { state: 'made', answer } : missedUpdate(thing?.lastUpdatedTimestamp, since);
}

/** The whole of what AWS is told: metadata cannot be taken away, and are made empty instead. */
export function wholeUpdate(input: NameAndMetadata, before: NameAndMetadata = {}) {
  const { name = before.name, metadata = before.metadata } = input;
  return { name: name ?? '', metadata: metadata ?? '' };
}
