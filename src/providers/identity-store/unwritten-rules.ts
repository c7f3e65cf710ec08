/** Rules of the Identity Store that AWS's model does not state. */
import { cannotBeUnset } from '../../adapter/changes.ts';
import { type InputIssue, issueAt } from '../../errors.ts';

export interface UnwrittenRules<Input> {
  /** The paths of members that the model marks as optional, and without which the service refuses the thing. */
  readonly required: readonly (readonly [string, ...string[]])[];
  /** The member that holds the thing's name. */
  readonly name: string;
  /** What else is wrong with an input. */
  readonly further?: (input: Partial<Input>) => readonly InputIssue[];
}

/** IAM Identity Center keeps these names for itself: the documentation of CreateUser's UserName. */
const RESERVED_NAMES = new Set(['administrator', 'awsadministrators']);

/**
 * What is wrong with an input by these rules.
 *
 * @param isPartial Whether absent members stay as they are; null unsets one, which may be required.
 */
export function brokenRules<Input>(
  { required, name, further }: UnwrittenRules<Input>,
  input: Partial<Input>,
  isPartial = false,
): InputIssue[] {
  const given = input as Readonly<Record<string, unknown>>;
  const names = new Set(required.map(([first]) => first));
  const unset = isPartial ? [...names].filter(member => given[member] === null) : [];
  const missing = required.filter(path => valueAt(given, path) == null);
  const issues = [
    ...unset.map(member => cannotBeUnset([member])),
    ...missing
      .filter(([first]) => !(isPartial && given[first] == null))
      .map(path => issueAt(path, 'is required')),
  ];
  if (RESERVED_NAMES.has(String(given[name]).toLowerCase())) {
    issues.push(issueAt([name], 'must not be a name that AWS reserves for itself'));
  }
  return further ? [...issues, ...further(input)] : issues;
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  let value = input;
  for (const name of path) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return value;
}
