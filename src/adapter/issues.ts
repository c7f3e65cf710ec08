/** AWS's constraints in words for the gateway's clients. */
import type * as z from 'zod';
import { type Constraint, MapKey, type Violation, violations } from '../aws/models/constraints.ts';
import { type InputIssue, issueAt } from '../errors.ts';
import { apiNameOf } from './members.ts';
import { requirementOf } from './pattern-words.ts';

/**
 * Everything in a value that AWS would refuse, in the words of this API; what is no JSON is told by `unsendableIn`,
 * which knows where in the document it is.
 *
 * @param at Where the value is.
 * @param defaults The settings that stand in for members that are absent.
 */
export function issuesOf(
  shape: z.ZodType,
  value: unknown,
  at: readonly string[] = [],
  defaults: Readonly<Record<string, string>> = {},
): InputIssue[] {
  return violations(shape, value)
    .filter(({ constraint }) => constraint.kind !== 'type' || constraint.expected !== 'JSON')
    .filter((violation, index, all) => !isToldAlready(violation, all[index - 1]))
    .map(violation => {
      const { path, constraint } = violation;
      const [member, ...below] = path;
      const isAbsent = constraint.kind === 'required' && typeof member === 'string' && below.length === 0;
      return toIssue({ ...violation, path: [...at, ...path] }, isAbsent ? defaults[member] : undefined);
    });
}

/** Whether a text is empty, which was told: that it does not have the form either is no second mistake. */
function isToldAlready({ constraint, value, path }: Violation, before: Violation | undefined): boolean {
  if (constraint.kind !== 'pattern' || value !== '' || before?.constraint.kind !== 'minLength') return false;
  return namesOf(before.path).join('\n') === namesOf(path).join('\n');
}

function namesOf(path: Violation['path']): string[] {
  return path.map(part => {
    if (part instanceof MapKey) return part.key;
    return typeof part === 'string' ? apiNameOf(part) : String(part);
  });
}

function toIssue({ path, constraint }: Pick<Violation, 'path' | 'constraint'>, setting?: string): InputIssue {
  const reason =
    setting === undefined ? '' : `: the gateway has no default for it, because ${setting} is not set`;
  return issueAt(namesOf(path), `${requirement(constraint)}${reason}`);
}

function requirement(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'required':
      return 'is required';
    case 'type':
      return `must be of type ${constraint.expected}`;
    case 'minLength':
      return constraint.bound === 1
        ? 'must not be empty'
        : `must be at least ${constraint.bound} characters long`;
    case 'maxLength':
      return `must be at most ${constraint.bound} characters long`;
    case 'minBytes':
      return constraint.bound === 1 ? 'must not be empty' : `must have at least ${constraint.bound} bytes`;
    case 'maxBytes':
      return `must have at most ${constraint.bound} bytes`;
    case 'minItems':
      return `must have at least ${count(constraint.bound)}`;
    case 'maxItems':
      return `must have at most ${count(constraint.bound)}`;
    case 'minValue':
      return `must be at least ${constraint.bound}`;
    case 'maxValue':
      return `must be at most ${constraint.bound}`;
    case 'enum':
      return `must be one of ${constraint.values.join(', ')}`;
    case 'oneMember':
      return `must have exactly one of ${constraint.members.map(apiNameOf).join(', ')}`;
    case 'pattern':
      return requirementOf(constraint.source);
  }
}

function count(items: number): string {
  return items === 1 ? '1 entry' : `${items} entries`;
}
