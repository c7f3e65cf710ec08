/**
 * Building blocks for AWS's request shapes.
 *
 * A shape is a Zod schema whose issues carry the broken {@link Constraint}, so that one description of an
 * AWS operation serves two speakers: the gateway, which explains a violation to its clients, and local
 * AWS, which words it as AWS does.
 *
 * Two rules of AWS's models differ from Zod's own checks and are the reason for these builders: lengths
 * count Unicode characters, not UTF-16 units, and a pattern must match the whole value.
 */
import * as z from 'zod';

/** What a value failed to satisfy. */
export type Constraint =
  | { readonly kind: BoundKind; readonly bound: number }
  | { readonly kind: 'pattern'; readonly source: string; readonly requirement: string }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'oneMember'; readonly members: readonly string[] }
  | { readonly kind: 'required' }
  | { readonly kind: 'type'; readonly expected: string };

type BoundKind = 'minLength' | 'maxLength' | 'minItems' | 'maxItems' | 'minValue' | 'maxValue';

/** One broken constraint. A `sensitive` value must not appear in any message. */
export interface Violation {
  /** In AWS's member names; list items by index from 0, map entries by key. */
  readonly path: readonly (string | number)[];
  readonly constraint: Constraint;
  readonly value: unknown;
  readonly sensitive: boolean;
  /** The value is the key of a map's entry, which is also the last part of the path. */
  readonly isMapKey?: true;
}

/** A pattern as AWS's model writes it (it must match the whole value), and in words. */
export interface Pattern {
  readonly source: string;
  /** Completes a sentence that begins with the member's name, for a person. */
  readonly requirement: string;
  /** An equivalent test for a source whose backtracking an attacker could exploit. */
  readonly matches?: (value: string) => boolean;
}

interface Checked {
  readonly value: unknown;
  readonly issues: z.core.$ZodRawIssue[];
}

function report({ value, issues }: Checked, constraint: Constraint, sensitive: boolean): void {
  issues.push({ code: 'custom', input: value, continue: true, params: { constraint, sensitive } });
}

/** A string of `min` to `max` Unicode characters. Values of `sensitive` shapes stay out of messages. */
export function string(rules: { min?: number; max?: number; pattern?: Pattern; sensitive?: boolean } = {}) {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern, sensitive = false } = rules;
  const matches = pattern && (pattern.matches ?? wholeMatch(pattern.source));
  return z.string().check(context => {
    const length = characters(context.value);
    if (length < min) report(context, { kind: 'minLength', bound: min }, sensitive);
    if (length > max) report(context, { kind: 'maxLength', bound: max }, sensitive);
    if (matches && !matches(context.value)) {
      report(
        context,
        { kind: 'pattern', source: pattern.source, requirement: pattern.requirement },
        sensitive,
      );
    }
  });
}

function wholeMatch(source: string): (value: string) => boolean {
  const expression = new RegExp(`^(?:${source})$`, 'u');
  return value => expression.test(value);
}

function characters(value: string): number {
  return /[\uD800-\uDFFF]/.test(value) ? Array.from(value).length : value.length;
}

/** One of AWS's enumerated strings. */
export function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values);
}

/** A whole number from `min` to `max`. */
export function integer({ min, max }: { min: number; max: number }) {
  return z.int().check(context => {
    if (context.value < min) report(context, { kind: 'minValue', bound: min }, false);
    if (context.value > max) report(context, { kind: 'maxValue', bound: max }, false);
  });
}

export function boolean() {
  return z.boolean();
}

/** A list of `min` to `max` members. Its own violations never show its value: members may be sensitive. */
export function list<Member extends z.ZodType>(
  member: Member,
  { min = 0, max }: { min?: number; max: number },
) {
  return z.array(member).check(context => checkSize(context, context.value.length, min, max));
}

/** A map of `min` to `max` entries. */
export function map<Key extends z.ZodType<string, string>, Value extends z.ZodType>(
  key: Key,
  value: Value,
  { min, max }: { min: number; max: number },
) {
  return z
    .record(key, value)
    .check(context => checkSize(context, Object.keys(context.value).length, min, max));
}

function checkSize(context: Checked, size: number, min: number, max: number): void {
  if (size < min) report(context, { kind: 'minItems', bound: min }, true);
  if (size > max) report(context, { kind: 'maxItems', bound: max }, true);
}

/** A structure; members are required unless `.optional()`. Members that AWS does not know are dropped. */
export function structure<Members extends z.ZodRawShape>(members: Members) {
  return z.object(members);
}

/** AWS's tagged union: a structure with exactly one of its members present. */
export function union<Members extends z.ZodRawShape>(members: Members) {
  return z.object(members).check(context => {
    const present = Object.values(context.value).filter(member => member !== undefined);
    if (present.length !== 1) report(context, { kind: 'oneMember', members: Object.keys(members) }, true);
  });
}

/** A free-form JSON document. */
export function document() {
  return z.json();
}

/** `value` without the members that AWS does not know, or every constraint of `shape` that it breaks. */
export function check<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
): { readonly value: z.output<Shape> } | { readonly violations: Violation[] } {
  const result = shape.safeParse(value, { reportInput: true });
  return result.success ? { value: result.data } : { violations: result.error.issues.flatMap(toViolations) };
}

/** All constraints of `shape` that `value` breaks, in the order of its members; empty when it is valid. */
export function violations(shape: z.ZodType, value: unknown): Violation[] {
  const checked = check(shape, value);
  return 'violations' in checked ? checked.violations : [];
}

function toViolations(issue: z.core.$ZodIssue): Violation[] {
  const { input: value } = issue;
  const path = issue.path as (string | number)[];
  switch (issue.code) {
    case 'custom': {
      const { constraint, sensitive } = issue.params as Pick<Violation, 'constraint' | 'sensitive'>;
      return [{ path, constraint, value, sensitive }];
    }
    case 'invalid_type':
      return [missingOrMistyped(path, issue.expected, value)];
    case 'invalid_value':
      return typeof value === 'string'
        ? [{ path, constraint: { kind: 'enum', values: issue.values.map(String) }, value, sensitive: false }]
        : [missingOrMistyped(path, 'string', value)];
    case 'invalid_key':
      return issue.issues.flatMap(key =>
        toViolations({ ...key, path }).map(violation => ({ ...violation, isMapKey: true as const })),
      );
    default:
      return [
        { path, constraint: { kind: 'type', expected: 'a value of another type' }, value, sensitive: true },
      ];
  }
}

function missingOrMistyped(path: Violation['path'], expected: string, value: unknown): Violation {
  return value === undefined || value === null
    ? { path, constraint: { kind: 'required' }, value, sensitive: false }
    : { path, constraint: { kind: 'type', expected }, value, sensitive: true };
}
