/** Partial inputs of updates: what is absent stays as it is, null unsets. */
import { shapeModel } from '../aws/models/model.ts';
import { shapeOf } from '../aws/models/shapes.ts';
import { type InputIssue, invalidInput, issueAt } from '../errors.ts';
import { issuesOf } from './issues.ts';
import { judgedPart } from './judged.ts';
import { apiNameOf, takenByAws, toAws } from './members.ts';
import type { AwsOperation } from './operation.ts';
import { unsendableIn } from './unsendable.ts';

/** What an update asks for one member. */
export interface Change {
  readonly member: string;
  /** Null to unset it. Objects are whole, without members that are null; in a map, null unsets an entry. */
  readonly value: unknown;
}

/**
 * The changes that an input asks for.
 *
 * @param members The members of the input that can be changed.
 * @param like An operation whose request has the same members: AWS's models of updates state no rules for them.
 * @returns The changes in the order of `like`'s members, and what is wrong with them.
 * @throws InvalidInputError when there are none, or one that would not reach AWS as it is.
 */
export function changesIn<Member extends string>(
  input: Readonly<Partial<Record<Member, unknown>>>,
  members: readonly Member[],
  like: AwsOperation,
): { readonly changes: readonly Change[]; readonly issues: readonly InputIssue[] } {
  const { model } = like.service;
  const changes: Change[] = [];
  const issues: InputIssue[] = [];
  for (const [name, { shape }] of Object.entries(like.request.members ?? {})) {
    const member = apiNameOf(name) as Member;
    const given = members.includes(member) ? input[member] : undefined;
    if (given === null) changes.push({ member, value: null });
    else if (given !== undefined) {
      const { issues: unsendable, tooDeep, tooMany } = unsendableIn(given, [member]);
      if (tooDeep || tooMany) throw invalidInput(unsendable);
      const of = shapeModel(model, shape);
      const value = toAws(model, of, of.type === 'map' ? withoutNulls(given) : given);
      const broken = issuesOf(shapeOf(model, shape), judgedPart(model, of, value), [name]);
      // What cannot be sent is told where AWS's rules do not refuse it anyway.
      if (unsendable.length > 0) throw invalidInput(broken.length > 0 ? broken : unsendable);
      changes.push({ member, value: takenByAws(model, of, given) });
      issues.push(...broken);
    }
  }
  if (changes.length > 0) return { changes, issues };
  throw invalidInput([noChange(members)]);
}

/**
 * What is wrong with an update whose members AWS takes as they are and cannot unset: there are none, or one is null.
 *
 * @param path Where the update is, if it is one of several.
 */
export function replacementIssues<Member extends string>(
  input: Readonly<Partial<Record<Member, unknown>>>,
  members: readonly Member[],
  path: readonly string[] = [],
): readonly InputIssue[] {
  const issues = nullIssues(input, members, path);
  const hasChange = members.some(member => input[member] != null);
  return hasChange || issues.length > 0 ? issues : [noChange(members, path)];
}

/** The members that are null though AWS cannot unset them, of what is at `path`. */
function nullIssues<Member extends string>(
  input: Readonly<Partial<Record<Member, unknown>>>,
  members: readonly Member[],
  path: readonly string[],
): readonly InputIssue[] {
  return members.filter(member => input[member] === null).map(member => cannotBeUnset([...path, member]));
}

/** What is wrong with a null that would unset what AWS wants there. */
export function cannotBeUnset(path: readonly string[]): InputIssue {
  return issueAt(path, 'cannot be unset');
}

function noChange(members: readonly string[], path: readonly string[] = []): InputIssue {
  return { path, message: `Give at least one of ${members.join(', ')} to change.` };
}

/** A map of documents in which something stands for each null, so that only its name is judged. */
function withoutNulls(map: unknown): unknown {
  return Object.fromEntries(Object.entries(map as object).map(([name, value]) => [name, value ?? {}]));
}
