/** AWS's shapes as Zod schemas of the SDK's values, built from the models when they are first needed. */
import * as z from 'zod';
import { check, violations } from './constraints.ts';
import { checkBounds, hidden, report, reportIn, reportType } from './issues.ts';
import { requestModel, type ServiceModel, type ShapeModel, shapeModel } from './model.ts';
import { bytes, enumeration, number, text } from './scalars.ts';

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

/** Zod would leave out the violations of a list or structure as a whole after those of what it holds. */
const always = {
  list: { when: ({ value }: { value: unknown }) => Array.isArray(value) },
  structure: { when: ({ value }: { value: unknown }) => isObject(value) },
};

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Only what is sparse holds null: even a document that is null would be lost on the way to AWS. */
function held(model: ServiceModel, name = '', { sparse }: ShapeModel): z.ZodType {
  const shape = shapeOf(model, name);
  if (sparse) return shape.nullable();
  if (!shapeModel(model, name).document) return shape;
  return shape.check(context => {
    if (context.value === null) reportType(context, 'JSON');
  });
}

function list(model: ServiceModel, shape: ShapeModel) {
  const bounds = { ...shape, ...hidden };
  return z.array(held(model, shape.member, shape)).superRefine((items, context) => {
    checkBounds(context, items.length, 'Items', bounds);
  }, always.list);
}

/** Zod's own maps leave out entries whose key is broken, and their keys cannot be told from members. */
function map(model: ServiceModel, shape: ShapeModel) {
  const key = shapeOf(model, shape.key ?? '');
  const value = held(model, shape.value, shape);
  const bounds = { ...shape, ...hidden };
  return z.unknown().check(context => {
    if (!isObject(context.value)) {
      reportType(context, 'map');
      return;
    }
    const entries = Object.entries(context.value).map(([name, entry]) => {
      const checked = check(value, entry);
      for (const broken of violations(key, name)) reportIn(context, name, { ...broken, isMapKey: true });
      if ('value' in checked) return [name, checked.value] as const;
      for (const broken of checked.violations) reportIn(context, name, broken);
      return [name, entry] as const;
    });
    checkBounds(context, entries.length, 'Items', bounds);
    context.value = Object.fromEntries(entries);
  });
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
