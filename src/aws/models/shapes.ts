/**
 * AWS's shapes as Zod schemas of the SDK's values, built from the models when they are first needed.
 *
 * Zod checks types; what AWS demands beyond them, these schemas check in its own way, because it differs: lengths
 * count Unicode characters, a pattern must match the whole value, and a list that is too long is still a violation
 * where one of its items is another.
 */
import * as z from 'zod';
import {
  check,
  type Constraint,
  MapKey,
  type Reported,
  type ValueType,
  type Violation,
  violations,
} from './constraints.ts';
import { requestModel, type ServiceModel, type ShapeModel, shapeModel } from './model.ts';
import { patternTest } from './patterns.ts';

const built = new WeakMap<ServiceModel, Map<string, z.ZodType>>();

/** A shape of a service's model, built when it is first asked for. */
export function shapeOf(model: ServiceModel, name: string): z.ZodType {
  let shapes = built.get(model);
  if (!shapes) built.set(model, (shapes = new Map()));
  let shape = shapes.get(name);
  if (!shape) {
    // Stands for the shape where it holds itself.
    shapes.set(
      name,
      z.lazy(() => shapeOf(model, name)),
    );
    try {
      shape = build(model, name);
    } catch (error) {
      shapes.delete(name);
      if (!(error instanceof SyntaxError)) throw error;
      throw new TypeError(`The shape ${name} of ${model.service}: ${error.message}`, { cause: error });
    }
    shapes.set(name, shape);
  }
  return shape;
}

/** The shape of an operation's request. */
export function requestShape(model: ServiceModel, operation: string): z.ZodType {
  return shapeOf(model, requestModel(model, operation).name);
}

function build(model: ServiceModel, name: string): z.ZodType {
  const shape = shapeModel(model, name);
  switch (shape.type) {
    case 'string':
      return shape.enum ? enumeration(shape.enum, shape) : text(shape);
    case 'integer':
      return number('integer', value => value === (value | 0), shape);
    case 'long':
      return number('integer', Number.isInteger, shape);
    case 'float':
    case 'double':
      return number('number', Number.isFinite, shape);
    case 'boolean':
      return z.boolean();
    case 'blob':
      return bytes(shape);
    case 'timestamp':
      return z.date();
    case 'list':
      return list(model, shape);
    case 'map':
      return map(model, shape);
    case 'structure':
      return shape.document ? z.json() : structure(model, shape);
    default:
      throw new TypeError(
        `The shape ${name} of ${model.service} has the type ${shape.type}, which is not known.`,
      );
  }
}

interface Checked<Value> {
  readonly value: Value;
  readonly issues: z.core.$ZodRawIssue[];
}

/** Zod goes on after these issues, and reports further ones. */
function report(
  { value, issues }: Checked<unknown>,
  constraint: Constraint,
  { sensitive = false }: Pick<ShapeModel, 'sensitive'>,
): void {
  const params: Reported = { constraint, sensitive };
  issues.push({ code: 'custom', input: value, continue: true, params });
}

/** Values that are large, or may hold something sensitive, are never shown. */
const hidden = { sensitive: true };

type Bound = 'Length' | 'Bytes' | 'Items' | 'Value';

function checkBounds(
  context: Checked<unknown>,
  measured: number,
  bound: Bound,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, ...shape }: ShapeModel,
): void {
  if (measured < min) report(context, { kind: `min${bound}`, bound: min }, shape);
  if (measured > max) report(context, { kind: `max${bound}`, bound: max }, shape);
}

function text(shape: ShapeModel) {
  const { pattern: source } = shape;
  const matches = source === undefined ? undefined : patternTest(source);
  return z.string().check(context => {
    checkBounds(context, characters(context.value), 'Length', shape);
    if (source !== undefined && !matches?.(context.value))
      report(context, { kind: 'pattern', source }, shape);
  });
}

function characters(value: string): number {
  return /[\uD800-\uDFFF]/.test(value) ? Array.from(value).length : value.length;
}

function enumeration(values: readonly string[], shape: ShapeModel) {
  const known = new Set(values);
  return z.string().check(context => {
    if (!known.has(context.value)) report(context, { kind: 'enum', values }, shape);
  });
}

function number(expected: ValueType, isOne: (value: number) => boolean, shape: ShapeModel) {
  return z.unknown().check(context => {
    const { value } = context;
    if (typeof value === 'number' && isOne(value)) checkBounds(context, value, 'Value', shape);
    else reportType(context, expected);
  });
}

function bytes(shape: ShapeModel) {
  return z.unknown().check(context => {
    const { value } = context;
    if (value instanceof Uint8Array) checkBounds(context, value.byteLength, 'Bytes', { ...shape, ...hidden });
    else reportType(context, 'bytes');
  });
}

function reportType(context: Checked<unknown>, expected: ValueType): void {
  if (context.value == null) report(context, { kind: 'required' }, {});
  else report(context, { kind: 'type', expected }, hidden);
}

/** Zod would leave out the violations of a list or structure as a whole after those of what it holds. */
const always = {
  list: { when: ({ value }: { value: unknown }) => Array.isArray(value) },
  structure: { when: ({ value }: { value: unknown }) => isObject(value) },
};

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(model: ServiceModel, shape: ShapeModel) {
  const item = shapeOf(model, shape.member ?? '');
  return z.array(shape.sparse ? item.nullable() : item).superRefine((items, context) => {
    checkBounds(context, items.length, 'Items', { ...shape, ...hidden });
  }, always.list);
}

/** Zod's own maps leave out entries whose key is broken, and their keys cannot be told from members. */
function map(model: ServiceModel, shape: ShapeModel) {
  const key = shapeOf(model, shape.key ?? '');
  const member = shapeOf(model, shape.value ?? '');
  const value = shape.sparse ? member.nullable() : member;
  return z.unknown().check(context => {
    if (!isObject(context.value)) {
      reportType(context, 'map');
      return;
    }
    const entries = Object.entries(context.value).map(([name, held]) => {
      const checked = check(value, held);
      for (const broken of violations(key, name)) reportIn(context, name, { ...broken, isMapKey: true });
      if ('value' in checked) return [name, checked.value] as const;
      for (const broken of checked.violations) reportIn(context, name, broken);
      return [name, held] as const;
    });
    checkBounds(context, entries.length, 'Items', { ...shape, ...hidden });
    context.value = Object.fromEntries(entries);
  });
}

function reportIn({ issues }: Checked<unknown>, name: string, { path, value, ...params }: Violation): void {
  const at = [new MapKey(name), ...path] as unknown as PropertyKey[];
  issues.push({ code: 'custom', input: value, path: at, continue: true, params });
}

/** Members that AWS does not know are dropped. */
function structure(model: ServiceModel, { members = {}, required = [], union }: ShapeModel) {
  const shape = z.object(
    Object.fromEntries(
      Object.entries(members).map(([name, { shape: of, jsonvalue }]) => {
        const value = jsonvalue ? z.json() : shapeOf(model, of);
        return [name, required.includes(name) ? value : value.optional()];
      }),
    ),
  );
  if (!union) return shape;
  const names = Object.keys(members);
  return shape.superRefine((value, context) => {
    const present = Object.values(value).filter(member => member !== undefined);
    if (present.length !== 1) report(context, { kind: 'oneMember', members: names }, hidden);
  }, always.structure);
}
