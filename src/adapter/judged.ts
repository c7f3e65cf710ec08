/** How much of a request is judged: a small body can hold a list of which each entry breaks several rules. */
import { type ServiceModel, type ShapeModel, shapeModel } from '../aws/models/model.ts';

/** How many entries are judged that are too many anyway. */
const FURTHER_ENTRIES = 100;

/** A request without most of the entries of lists and maps that have more of them than AWS takes. */
export function judgedPart(model: ServiceModel, shape: ShapeModel, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || shape.document) return value;
  if (shape.type === 'list' && Array.isArray(value)) {
    const item = shapeModel(model, shape.member ?? '');
    return shortened(value, shape).map(each => judgedPart(model, item, each));
  }
  if (shape.type === 'map') return Object.fromEntries(shortened(Object.entries(value), shape));
  if (shape.type !== 'structure') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => {
      const member = shape.members?.[name];
      return [name, member ? judgedPart(model, shapeModel(model, member.shape), held) : held];
    }),
  );
}

function shortened<Entry>(entries: readonly Entry[], { max }: ShapeModel): readonly Entry[] {
  return max === undefined ? entries : entries.slice(0, max + FURTHER_ENTRIES);
}
