/**
 * What a value may break of AWS's constraints. One description serves two speakers: the gateway, which explains a
 * violation to its clients, and local AWS, which words it as AWS does.
 */
import type * as z from 'zod';

/** What a value failed to satisfy. */
export type Constraint =
  | { readonly kind: BoundKind; readonly bound: number }
  | { readonly kind: 'pattern'; readonly source: string }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'oneMember'; readonly members: readonly string[] }
  | { readonly kind: 'required' }
  | { readonly kind: 'type'; readonly expected: ValueType };

type BoundKind =
  | 'minLength'
  | 'maxLength'
  | 'minBytes'
  | 'maxBytes'
  | 'minItems'
  | 'maxItems'
  | 'minValue'
  | 'maxValue';

export type ValueType =
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'bytes'
  | 'time'
  | 'list'
  | 'map'
  | 'structure'
  | 'JSON';

/** The key of a map's entry, which is the customer's own and no member's name. */
export class MapKey {
  readonly key: string;

  constructor(key: string) {
    this.key = key;
  }
}

/** One broken constraint. A `sensitive` value must not appear in any message. */
export interface Violation {
  /** In AWS's member names; list items by index from 0. */
  readonly path: readonly (string | number | MapKey)[];
  readonly constraint: Constraint;
  readonly value: unknown;
  readonly sensitive: boolean;
  /** The value is the key of a map's entry, which is also the last part of the path. */
  readonly isMapKey?: true;
}

/** `value` without the members that AWS does not know, or every constraint of `shape` that it breaks. */
export function check<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
): { readonly value: z.output<Shape> } | { readonly violations: Violation[] } {
  const result = shape.safeParse(value, { reportInput: true });
  return result.success ? { value: result.data } : { violations: result.error.issues.map(toViolation) };
}

/** All constraints of `shape` that `value` breaks, in the order of its members; empty when it is valid. */
export function violations(shape: z.ZodType, value: unknown): Violation[] {
  const checked = check(shape, value);
  return 'violations' in checked ? checked.violations : [];
}

/** What the shapes' own checks tell of a violation, in the issues that they add. */
export type Reported = Pick<Violation, 'constraint' | 'sensitive' | 'isMapKey'>;

/** Zod's names of the types that the shapes are made of. */
const types: Readonly<Record<string, ValueType>> = {
  string: 'string',
  boolean: 'boolean',
  date: 'time',
  array: 'list',
  object: 'structure',
};

function toViolation(issue: z.core.$ZodIssue): Violation {
  const { input: value } = issue;
  const path = issue.path as unknown as Violation['path'];
  if (issue.code === 'custom') return { path, value, ...(issue.params as unknown as Reported) };
  if (value === undefined || value === null) {
    return { path, constraint: { kind: 'required' }, value, sensitive: false };
  }
  const expected = issue.code === 'invalid_type' ? types[issue.expected] : undefined;
  return { path, constraint: { kind: 'type', expected: expected ?? 'JSON' }, value, sensitive: true };
}
