/** AWS's simple shapes as Zod schemas. Lengths count Unicode characters, and a pattern must match the whole value. */
import * as z from 'zod';
import type { ValueType } from './constraints.ts';
import { checkBounds, hidden, report, reportType } from './issues.ts';
import type { ShapeModel } from './model.ts';
import { patternTest } from './patterns.ts';

/** A string with a length and a pattern, if it has them. */
export function text(shape: ShapeModel) {
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

/** One of some strings. */
export function enumeration(values: readonly string[], shape: ShapeModel) {
  const known = new Set(values);
  return z.string().check(context => {
    if (!known.has(context.value)) report(context, { kind: 'enum', values }, shape);
  });
}

/** A number of the kind that `isOne` tells. */
export function number(expected: ValueType, isOne: (value: number) => boolean, shape: ShapeModel) {
  return z.unknown().check(context => {
    const { value } = context;
    if (typeof value === 'number' && isOne(value)) checkBounds(context, value, 'Value', shape);
    else reportType(context, expected);
  });
}

/** Bytes, of which as many are counted as there are. */
export function bytes(model: ShapeModel) {
  const shape = { ...model, ...hidden };
  return z.unknown().check(context => {
    const { value } = context;
    if (value instanceof Uint8Array) checkBounds(context, value.byteLength, 'Bytes', shape);
    else reportType(context, 'bytes');
  });
}
