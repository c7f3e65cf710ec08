/** How much of a request is judged: a small body can hold a list of which each entry breaks several rules. */
import { type ServiceModel, type ShapeModel, shapeModel } from '../aws/models/model.ts';

/** How many entries are judged that are too many anyway. */
const FURTHER_ENTRIES = 100;

/** A request without most of the entries of lists and maps that have more of them than AWS takes. */
export function judgedPart(model: ServiceModel, shape: ShapeModel, value: unknown): unknown {
  return hasFurtherEntries(model, shape, value) ? shortened(model, shape, value) : value;
}

/** Whether there are entries that are not judged, as in hardly any request. */
function hasFurtherEntries(model: ServiceModel, shape: ShapeModel, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || shape.document) return false;
  if (shape.type === 'list' && Array.isArray(value)) {
    const item = shapeModel(model, shape.member ?? '');
    return value.length > mostOf(shape) || value.some(each => hasFurtherEntries(model, item, each));
  }
  if (shape.type === 'map') return Object.keys(value).length > mostOf(shape);
  if (shape.type !== 'structure') return false;
  for (const name of Object.keys(value)) {
    const member = shape.members?.[name];
    const held = (value as Readonly<Record<string, unknown>>)[name];
    if (
      member &&
      typeof held === 'object' &&
      hasFurtherEntries(model, shapeModel(model, member.shape), held)
    ) {
      return true;
    }
  }
  return false;
}

function shortened(model: ServiceModel, shape: ShapeModel, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || shape.document) return value;
  if (shape.type === 'list' && Array.isArray(value)) {
    const item = shapeModel(model, shape.member ?? '');
    return value.slice(0, mostOf(shape)).map(each => shortened(model, item, each));
  }
  if (shape.type === 'map') return Object.fromEntries(Object.entries(value).slice(0, mostOf(shape)));
  if (shape.type !== 'structure') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => {
      const member = shape.members?.[name];
      return [name, member ? shortened(model, shapeModel(model, member.shape), held) : held];
    }),
  );
}

function mostOf({ max }: ShapeModel): number {
  return max === undefined ? Number.POSITIVE_INFINITY : max + FURTHER_ENTRIES;
}
