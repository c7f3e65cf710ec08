/**
 * AWS's shapes as Zod schemas, built from the models when they are first needed.
 *
 * Their issues carry the broken {@link Constraint}, so that one description of an AWS operation serves two
 * speakers: the gateway, which explains a violation to its clients, and local AWS, which words it as AWS does.
 *
 * Two rules of AWS's models differ from Zod's own checks: lengths count Unicode characters, not UTF-16 units,
 * and a pattern must match the whole value.
 */
import * as z from 'zod';
import { requestModel, type ServiceModel, type ShapeModel, shapeModel } from './model.ts';
import { patternRule } from './patterns.ts';

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

interface Checked {
  readonly value: unknown;
  readonly issues: z.core.$ZodRawIssue[];
}

function report({ value, issues }: Checked, constraint: Constraint, sensitive: boolean): void {
  issues.push({ code: 'custom', input: value, continue: true, params: { constraint, sensitive } });
}

const built = new WeakMap<ServiceModel, Map<string, z.ZodType>>();

/** A shape of a service's model, built when it is first asked for. */
export function shapeOf(model: ServiceModel, name: string): z.ZodType {
  let shapes = built.get(model);
  if (!shapes) built.set(model, (shapes = new Map()));
  let shape = shapes.get(name);
  if (!shape) {
    shape = build(model, shapeModel(model, name));
    shapes.set(name, shape);
  }
  return shape;
}

/** The shape of an operation's request. */
export function requestShape(model: ServiceModel, operation: string): z.ZodType {
  return shapeOf(model, requestModel(model, operation).name);
}

function build(model: ServiceModel, shape: ShapeModel): z.ZodType {
  const { type, min = 0, max = Number.POSITIVE_INFINITY } = shape;
  switch (type) {
    case 'string':
      return shape.enum ? z.enum(shape.enum) : text(shape);
    case 'integer':
    case 'long':
      return whole(min, max);
    case 'float':
    case 'double':
      return z.number().check(context => checkValue(context, min, max));
    case 'boolean':
      return z.boolean();
    case 'list':
      return list(shapeOf(model, shape.member ?? ''), min, max);
    case 'map':
      return map(
        shapeOf(model, shape.key ?? '') as z.ZodType<string, string>,
        shapeOf(model, shape.value ?? ''),
        min,
        max,
      );
    case 'structure':
      return structure(model, shape);
    default:
      throw new TypeError(`Shapes of the type ${type} are not known.`);
  }
}

/** Lengths count Unicode characters. Values of sensitive shapes stay out of messages. */
function text({ min = 0, max = Number.POSITIVE_INFINITY, pattern, sensitive = false }: ShapeModel) {
  const rule = pattern === undefined ? undefined : patternRule(pattern);
  const source = pattern?.replaceAll(/[^ -~]/g, escaped) ?? '';
  return z.string().check(context => {
    const length = characters(context.value);
    if (length < min) report(context, { kind: 'minLength', bound: min }, sensitive);
    if (length > max) report(context, { kind: 'maxLength', bound: max }, sensitive);
    if (rule && !rule.matches(context.value)) {
      report(context, { kind: 'pattern', source, requirement: rule.requirement }, sensitive);
    }
  });
}

/** Some patterns hold characters that nobody could see in a message. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function characters(value: string): number {
  return /[\uD800-\uDFFF]/.test(value) ? Array.from(value).length : value.length;
}

function whole(min: number, max: number) {
  return z.int().check(context => checkValue(context, min, max));
}

function checkValue(context: Checked & { readonly value: number }, min: number, max: number): void {
  if (context.value < min) report(context, { kind: 'minValue', bound: min }, false);
  if (context.value > max) report(context, { kind: 'maxValue', bound: max }, false);
}

/** Its own violations never show its value: members may be sensitive. */
function list(member: z.ZodType, min: number, max: number) {
  return z.array(member).check(context => checkSize(context, context.value.length, min, max));
}

function map(key: z.ZodType<string, string>, value: z.ZodType, min: number, max: number) {
  return z
    .record(key, value)
    .check(context => checkSize(context, Object.keys(context.value).length, min, max));
}

function checkSize(context: Checked, size: number, min: number, max: number): void {
  if (size < min) report(context, { kind: 'minItems', bound: min }, true);
  if (size > max) report(context, { kind: 'maxItems', bound: max }, true);
}

/** Members that AWS does not know are dropped. */
function structure(model: ServiceModel, { members = {}, required = [], union, document }: ShapeModel) {
  if (document) return z.json();
  const shape = z.object(
    Object.fromEntries(
      Object.entries(members).map(([name, member]) => {
        const value = shapeOf(model, member.shape);
        return [name, required.includes(name) ? value : value.optional()];
      }),
    ),
  );
  if (!union) return shape;
  return shape.check(context => {
    const present = Object.values(context.value).filter(member => member !== undefined);
    if (present.length !== 1) report(context, { kind: 'oneMember', members: Object.keys(members) }, true);
  });
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
