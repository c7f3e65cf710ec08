/** AWS's ids in requests and answers, found by AWS's model: what may be kept of them, in the audit trail and under idempotency keys. */
import { type ServiceModel, type ShapeModel, shapeModel } from '../aws/models/model.ts';
import { apiNameOf } from './members.ts';

/** The names of what {@link nativeIdsIn} finds in what operations are asked and answer: ids, and lists of what has several. */
export function nativeIdNames(
  model: ServiceModel,
  shapes: readonly (ShapeModel | undefined)[],
): ReadonlySet<string> {
  const namesIn = (members: readonly Plan[]): readonly string[] =>
    members.flatMap(({ apiName, kind, values, members: inner }) => {
      if (kind === 'value') return values ? [] : [apiName];
      return kind === 'list' ? [apiName, ...namesIn(inner)] : namesIn(inner);
    });
  return new Set(shapes.flatMap(shape => (shape ? namesIn(planOf(model, shape)) : [])));
}

/** By the names of their members, in this API's words; what is in a list of structures has an entry for each. */
export type NativeIds = Readonly<Record<string, unknown>>;

/** Which members of a structure are looked at. */
export interface Plan {
  readonly name: string;
  readonly apiName: string;
  /** A text or a list of texts; or a structure, whose members count as its parent's; or a list of structures. */
  readonly kind: 'value' | 'structure' | 'list';
  /** The only values that may be told, of an enum. */
  readonly values: readonly string[] | undefined;
  readonly members: readonly Plan[];
}

const plans = new WeakMap<ShapeModel, readonly Plan[]>();

/**
 * The ids in a value of a shape, whose members have AWS's names or this API's.
 *
 * They are the texts of members whose names end in Id, Arn or their plurals, unless they are sensitive, the token of
 * the request, or labels, which callers may put on things and AWS knows nothing by. Where AWS answers for each item of a batch, the words of its enums tell what became of the item.
 */
export function nativeIdsIn(model: ServiceModel, shape: ShapeModel | undefined, value: unknown): NativeIds {
  const ids: Record<string, unknown> = {};
  if (shape) collect(planOf(model, shape), value, ids);
  return ids;
}

function collect(members: readonly Plan[], value: unknown, ids: Record<string, unknown>): void {
  if (typeof value !== 'object' || value === null) return;
  const structure = value as Readonly<Record<string, unknown>>;
  for (const { name, apiName, kind, values, members: inner } of members) {
    const member = structure[name] ?? structure[apiName];
    if (member === undefined || member === null) continue;
    if (kind === 'structure') collect(inner, member, ids);
    else if (kind === 'value') {
      const told = tellable(member, values);
      if (told !== undefined) ids[apiName] = told;
    } else if (Array.isArray(member)) ids[apiName] = member.map(item => collected(inner, item));
  }
}

function collected(members: readonly Plan[], item: unknown): NativeIds {
  const ids: Record<string, unknown> = {};
  collect(members, item, ids);
  return ids;
}

/** AWS may answer with what is no text, or no word of the enum. */
export function tellable(value: unknown, values: readonly string[] | undefined): unknown {
  if (Array.isArray(value)) return value.filter(item => tellable(item, values) !== undefined);
  return typeof value === 'string' && (values?.includes(value) ?? true) ? value : undefined;
}

export function planOf(model: ServiceModel, shape: ShapeModel): readonly Plan[] {
  let plan = plans.get(shape);
  if (!plan) {
    plan = planned(model, shape, false, []);
    plans.set(shape, plan);
  }
  return plan;
}

/** @param above The shapes that this one is in: some of AWS's hold themselves. */
function planned(
  model: ServiceModel,
  shape: ShapeModel,
  inList: boolean,
  above: readonly ShapeModel[],
): readonly Plan[] {
  if (shape.document || above.includes(shape)) return [];
  const within = [...above, shape];
  return Object.entries(shape.members ?? {}).flatMap(([name, member]): readonly Plan[] => {
    const of = shapeModel(model, member.shape);
    const item = of.type === 'list' ? shapeModel(model, of.member ?? '') : of;
    const facts = { name, apiName: apiNameOf(name), values: item.enum };
    if (labelsOf(model).has(name)) return [];
    if (of.sensitive || item.sensitive || member.idempotencyToken) return [];
    if (item.type === 'string') {
      // Lists of ids may be called by what they are of: DeletedFaces.
      const told =
        isId.test(name) || (of !== item && isId.test(of.member ?? '')) || (inList && item.enum !== undefined);
      return told ? [{ ...facts, kind: 'value', members: [] }] : [];
    }
    if (item.type !== 'structure') return [];
    const isList = of.type === 'list';
    const members = planned(model, item, inList || isList, within);
    // Words of enums alone tell nothing of a thing that has no id.
    if (!members.some(inner => inner.members.length > 0 || isId.test(inner.name))) return [];
    return [{ ...facts, kind: isList ? 'list' : 'structure', members }];
  });
}

const labels = new WeakMap<ServiceModel, ReadonlySet<string>>();

/** The ids that requests may have and none has to: what is known by an id is not reached without it. */
function labelsOf(model: ServiceModel): ReadonlySet<string> {
  let names = labels.get(model);
  if (!names) {
    const [required, optional] = [new Set<string>(), new Set<string>()];
    for (const { input } of Object.values(model.operations)) {
      const request = input == null ? undefined : shapeModel(model, input);
      for (const member of Object.keys(request?.members ?? {})) {
        (request?.required?.includes(member) ? required : optional).add(member);
      }
    }
    names = optional.difference(required);
    labels.set(model, names);
  }
  return names;
}

const isId = /(?:Id|ID|Arn|ARN)(?:s|List)?$/;
