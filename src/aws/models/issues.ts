/** How the shapes report violations: as issues that carry the constraint, after which Zod goes on to find others. */
import type * as z from 'zod';
import { type Constraint, MapKey, type Reported, type ValueType, type Violation } from './constraints.ts';
import type { ShapeModel } from './model.ts';

/** What Zod gives to a check. */
export interface Checked<Value> {
  readonly value: Value;
  readonly issues: z.core.$ZodRawIssue[];
}

/** Reports a violation of a shape's constraint. */
export function report(
  { value, issues }: Checked<unknown>,
  constraint: Constraint,
  { sensitive = false }: Pick<ShapeModel, 'sensitive'>,
): void {
  const params: Reported = { constraint, sensitive };
  issues.push({ code: 'custom', input: value, continue: true, params });
}

/** Values that are large, or may hold something sensitive, are never shown. */
export const hidden = { sensitive: true };

type Bound = 'Length' | 'Bytes' | 'Items' | 'Value';

/** Reports what is below the minimum or above the maximum of a shape. */
export function checkBounds(
  context: Checked<unknown>,
  measured: number,
  bound: Bound,
  shape: ShapeModel,
): void {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = shape;
  if (measured < min) report(context, { kind: `min${bound}`, bound: min }, shape);
  if (measured > max) report(context, { kind: `max${bound}`, bound: max }, shape);
}

/** Reports a value that is missing or of another type. */
export function reportType(context: Checked<unknown>, expected: ValueType): void {
  if (context.value == null) report(context, { kind: 'required' }, {});
  else report(context, { kind: 'type', expected }, hidden);
}

/** Reports a violation in the entry of a map. */
export function reportIn(
  { issues }: Checked<unknown>,
  name: string,
  { path, value, ...params }: Violation,
): void {
  const at = [new MapKey(name), ...path] as unknown as PropertyKey[];
  issues.push({ code: 'custom', input: value, path: at, continue: true, params });
}
