/** Every member of a request, at any depth, with requests that are valid but for what is put there. */
import { type MemberModel, type ServiceModel, shapeModel } from '../../src/aws/models/model.ts';
import { type Boundary, boundaries, valid } from './boundaries.ts';

export interface RequestMember {
  /** In AWS's names; the items of lists by index from 0. */
  readonly path: readonly (string | number | { readonly key: string })[];
  readonly shape: string;
  /** A member of the request itself may be bound to a part of the HTTP request. */
  readonly member: MemberModel | undefined;
  readonly boundaries: readonly Boundary[];
  /** The member is the key of a map, and the path that of the map. */
  readonly isMapKey: boolean;
  /** The valid request with this value. */
  readonly place: (value: unknown) => Readonly<Record<string, unknown>>;
}

type Place = RequestMember['place'];

/** The members of an operation's request, the outer ones before those that they hold. */
export function requestMembers(model: ServiceModel, operation: string): RequestMember[] {
  const request = model.operations[operation]?.input;
  return request == null
    ? []
    : [...inside(model, request, [], value => value as Readonly<Record<string, unknown>>)];
}

function* inside(
  model: ServiceModel,
  name: string,
  path: RequestMember['path'],
  place: Place,
): Generator<RequestMember> {
  const {
    type,
    members = {},
    required = [],
    union,
    document,
    member,
    key,
    value,
    sparse,
  } = shapeModel(model, name);
  if (type === 'structure' && !document) {
    const base = union ? {} : (valid(model, name) as object);
    for (const [each, facts] of Object.entries(members)) {
      const placed: Place = given => place({ ...base, [each]: given });
      const absences: Boundary[] = union
        ? []
        : [undefined, null].map(absent => ({
            value: absent,
            broken: required.includes(each) ? [{ kind: 'required' }] : [],
          }));
      yield* held(model, facts.shape, [...path, each], placed, {
        absence: absences,
        member: path.length === 0 ? facts : undefined,
      });
    }
  }
  const absence: Boundary[] = [{ value: null, broken: sparse ? [] : [{ kind: 'required' }] }];
  if (type === 'list' && member !== undefined) {
    const others = (valid(model, name) as unknown[]).slice(1);
    yield* held(model, member, [...path, 0], given => place([given, ...others]), {
      absence,
    });
  }
  if (type === 'map' && key !== undefined && value !== undefined) {
    const [entry = ''] = Object.keys(valid(model, name) as object);
    yield* held(model, value, [...path, { key: entry }], given => place({ [entry]: given }), {
      absence,
    });
    const keys = boundaries(model, key).filter(boundary => typeof boundary.value === 'string');
    const placed: Place = given => place({ [String(given)]: valid(model, value) });
    yield { path, shape: key, member: undefined, boundaries: keys, isMapKey: true, place: placed };
  }
}

function* held(
  model: ServiceModel,
  shape: string,
  path: RequestMember['path'],
  place: Place,
  { absence, member }: { readonly absence: readonly Boundary[]; readonly member?: MemberModel | undefined },
): Generator<RequestMember> {
  yield {
    path,
    shape,
    member,
    boundaries: [...absence, ...boundaries(model, shape)],
    isMapKey: false,
    place,
  };
  yield* inside(model, shape, path, place);
}
