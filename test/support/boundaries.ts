/**
 * Values at and beyond the boundaries of AWS's shapes, each with the constraints that it breaks: worked out from the
 * data alone, and apart from the code that checks requests.
 */
import { type ServiceModel, type ShapeModel, shapeModel } from '../../src/aws/models/model.ts';
import { asItStands, samples } from './pattern-samples.ts';

/** A constraint that a value breaks. */
export type Broken =
  | { readonly kind: 'min' | 'max'; readonly of: 'length' | 'value' | 'size'; readonly bound: number }
  | { readonly kind: 'pattern'; readonly source: string }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'oneMember'; readonly members: readonly string[] }
  | { readonly kind: 'required' }
  | { readonly kind: 'type'; readonly of: string };

export interface Boundary {
  /** Undefined stands for a member that is not there. */
  readonly value: unknown;
  readonly broken: readonly Broken[];
}

const emoji = '😀';
const letters = 'abcdefghijklmnopqrstuvwxyz';
/** Larger values test the limits of requests instead. */
const LARGEST_BLOB = 2 ** 16;

/** A value that AWS takes, with no more in it than must be. */
export function valid(model: ServiceModel, name: string): unknown {
  const shape = shapeModel(model, name);
  const { members = {}, required = [], min = 0 } = shape;
  switch (shape.type) {
    case 'string':
      return shape.enum?.[0] ?? validText(shape);
    case 'boolean':
      return true;
    case 'blob':
      return Buffer.alloc(Math.max(1, min));
    case 'timestamp':
      return new Date(0);
    case 'list':
      return items(model, shape, Math.max(1, min));
    case 'map':
      return entries(model, shape, Math.max(1, min));
    case 'structure': {
      if (shape.document) return { any: 'JSON' };
      const needed = shape.union ? Object.keys(members).slice(0, 1) : required;
      return Object.fromEntries(needed.map(member => [member, valid(model, members[member]?.shape ?? '')]));
    }
    default:
      return Math.max(1, min);
  }
}

/** What is at the boundaries of a shape itself, not of what it holds. */
export function boundaries(model: ServiceModel, name: string): Boundary[] {
  const shape = shapeModel(model, name);
  const values = [...inside(model, shape), ...wrongTypes(shape)];
  return values.map(value => ({ value, broken: brokenBy(shape, value) }));
}

function inside(model: ServiceModel, shape: ShapeModel): unknown[] {
  const { type, members = {}, pattern } = shape;
  switch (type) {
    case 'string': {
      if (shape.enum) return [...shape.enum, 'Stranger', ''];
      const { others, strangers } = (pattern && samples[pattern]) || { others: [], strangers: [] };
      return [...limits(shape, 0).map(length => textOf(shape, length)), ...others, ...strangers];
    }
    case 'blob':
      return limits(shape, 0)
        .filter(size => size <= LARGEST_BLOB)
        .map(size => Buffer.alloc(size));
    case 'list':
      return limits(shape, 0).map(size => items(model, shape, size));
    case 'map':
      return limits(shape, 0).map(size => entries(model, shape, size));
    case 'integer':
    case 'long':
      return [...limits(shape), 1.5];
    case 'float':
    case 'double':
      return limits(shape);
    case 'boolean':
      return [true, false];
    case 'structure':
      if (shape.document) return ['text', 5, false, [null], { a: { b: [] } }];
      if (!shape.union) return [];
      return [
        {},
        Object.fromEntries(Object.entries(members).map(([member, of]) => [member, valid(model, of.shape)])),
      ];
    default:
      return [];
  }
}

/** Just below the minimum, the minimum, the maximum and just above it. */
function limits({ min, max }: ShapeModel, least = Number.NEGATIVE_INFINITY): number[] {
  const below = min === undefined ? [] : [min - 1, min];
  const above = max === undefined ? [] : [max, max + 1];
  return [...new Set([...below, ...above])].filter(limit => limit >= least);
}

/** A text of this many Unicode characters, which matches the pattern where one of this length can. */
function textOf({ pattern }: ShapeModel, length: number): string {
  if (pattern === undefined) return emoji.repeat(length);
  const sample = samples[pattern]?.ofLength(length) ?? '';
  return Array.from(sample).length === length || length === 1 ? sample : 'a'.repeat(length);
}

/** A short text that the shape takes: as long as it has to be, or as its pattern needs it to be. */
function validText(shape: ShapeModel): string {
  const { pattern, min = 0 } = shape;
  const shortest = textOf(shape, Math.max(1, min));
  if (pattern === undefined || asItStands(pattern).test(shortest)) return shortest;
  return samples[pattern]?.ofLength(min) ?? shortest;
}

function items(model: ServiceModel, { member = '' }: ShapeModel, size: number): unknown[] {
  return Array.from({ length: size }, () => valid(model, member));
}

function entries(
  model: ServiceModel,
  { key = '', value = '' }: ShapeModel,
  size: number,
): Record<string, unknown> {
  const { pattern } = shapeModel(model, key);
  const { beginning } = (pattern && samples[pattern]) || {};
  // Keys stay as they are, where members change their case.
  const start = beginning ?? 'Key';
  const name = (index: number) => `${start}${letters[index % 26]}${'x'.repeat(Math.floor(index / 26))}`;
  return Object.fromEntries(Array.from({ length: size }, (_, index) => [name(index), valid(model, value)]));
}

function wrongTypes({ type, document }: ShapeModel): unknown[] {
  if (document) return [];
  const others: Readonly<Record<string, readonly unknown[]>> = {
    string: [1, true, {}, []],
    boolean: ['true', 1, [], {}],
    blob: [1, {}, []],
    timestamp: [true, {}, []],
    list: ['text', {}, 1],
    map: ['text', [], true],
    structure: ['text', [], 1],
  };
  return [...(others[type] ?? ['text', true, {}, []])];
}

/** The constraints of the shape itself that a value breaks, in the order in which AWS's models state them. */
export function brokenBy(shape: ShapeModel, value: unknown): Broken[] {
  const { type, members = {}, pattern } = shape;
  if (!isOfType(shape, value)) return [{ kind: 'type', of: type }];
  if (typeof value === 'string' && shape.enum) {
    return shape.enum.includes(value) ? [] : [{ kind: 'enum', values: shape.enum }];
  }
  if (shape.union) {
    const isOne = Object.keys(value as object).length === 1;
    return isOne ? [] : [{ kind: 'oneMember', members: Object.keys(members) }];
  }
  const broken: Broken[] = [];
  const { measure, of } = measureOf(value);
  if (shape.min !== undefined && measure < shape.min) broken.push({ kind: 'min', of, bound: shape.min });
  if (shape.max !== undefined && measure > shape.max) broken.push({ kind: 'max', of, bound: shape.max });
  if (pattern !== undefined && !asItStands(pattern).test(value as string)) {
    broken.push({ kind: 'pattern', source: pattern });
  }
  return broken;
}

function measureOf(value: unknown): { measure: number; of: 'length' | 'value' | 'size' } {
  if (typeof value === 'string') return { measure: Array.from(value).length, of: 'length' };
  if (typeof value === 'number') return { measure: value, of: 'value' };
  if (value instanceof Uint8Array) return { measure: value.length, of: 'length' };
  return { measure: Object.keys(value as object).length, of: 'size' };
}

function isOfType({ type, document }: ShapeModel, value: unknown): boolean {
  if (document) return true;
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'integer':
    case 'long':
      return Number.isInteger(value);
    case 'float':
    case 'double':
      return typeof value === 'number';
    case 'blob':
      return value instanceof Uint8Array;
    case 'timestamp':
      return value instanceof Date;
    case 'list':
      return Array.isArray(value);
    default:
      return typeof value === 'object' && !Array.isArray(value);
  }
}
