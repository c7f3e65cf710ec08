/** The attributes of things in a store, by the paths with which updates name them. */
import type { AttributeOperation } from '@aws-sdk/client-identitystore';
import model from '../../../aws/models/identitystore.json' with { type: 'json' };
import { requestModel, type ShapeModel, shapeModel } from '../../../aws/models/model.ts';
import type { Checked } from '../wire.ts';
import { invalid } from './exceptions.ts';
import { knownExtension } from './extensions.ts';

/** What an update asks of one attribute. */
interface Change {
  /** Where a thing has it. */
  readonly at: readonly string[];
  /** Undefined to unset it. */
  readonly value: unknown;
}

type Structure = Readonly<Record<string, unknown>>;

/**
 * The changes that operations ask for, in their order.
 *
 * @param create The operation whose request has all attributes that can be changed.
 */
export function changesIn(operations: readonly Checked<AttributeOperation>[], create: string): Change[] {
  const { IdentityStoreId: _, ...members } = requestModel(model, create).shape.members ?? {};
  return operations.map(({ AttributePath: path, AttributeValue: value }) => {
    const { at, shape } = attributeAt(path, { type: 'structure', members });
    return { at, value: value == null ? undefined : shape ? stored(shape, value, path) : value };
  });
}

/** A thing after a change; what holds nothing any more is gone too. */
export function changed<Thing extends object>(
  thing: Thing,
  { at: [name = '', ...below], value }: Change,
): Thing {
  const { [name]: held = {}, ...others } = thing as Structure;
  const after = below.length > 0 ? changed(held as object, { at: below, value }) : value;
  const isGone = after === undefined || (below.length > 0 && Object.keys(after as object).length === 0);
  return { ...others, ...(!isGone && { [name]: after }) } as unknown as Thing;
}

interface Attribute {
  readonly at: readonly string[];
  /** Absent in extensions, which hold any JSON. */
  readonly shape?: ShapeModel;
}

/** Paths begin in lower case, and mind it. */
function attributeAt(path: string, request: ShapeModel): Attribute {
  if (path.includes(':')) return { at: ['Extensions', ...extensionPath(path, request)] };
  const at: string[] = [];
  let shape = request;
  for (const part of path.split('.')) {
    if (shape.type === 'list') {
      throw invalid(
        `Unsupported update operation on multi-value attribute ${path.slice(0, path.indexOf('.'))}, please provide full replacement of Multi-Value attribute types`,
      );
    }
    const name = part.charAt(0).toUpperCase() + part.slice(1);
    const member = shape.members?.[name];
    if (!member || name === part || name === 'Extensions') throw notSupported(path);
    at.push(name);
    shape = shapeModel(model, member.shape);
  }
  return { at, shape };
}

/** `aws:identitystore:enterprise.department` leads into the extension. */
function extensionPath(path: string, { members }: ShapeModel): string[] {
  const parts = path.split('.');
  if (!members?.['Extensions'] || parts[0] !== knownExtension) throw notSupported(path);
  return parts;
}

function notSupported(path: string) {
  return invalid(`Updates for AttributePath: ${path} is not supported`);
}

/** A value as it is kept: clients write the members of structures in lower case at the beginning, and in upper case. */
function stored(shape: ShapeModel, value: unknown, path: string): unknown {
  const { type, members = {}, member = '' } = shape;
  if (type === 'list' && Array.isArray(value)) {
    return value.map(item => stored(shapeModel(model, member), item, path));
  }
  if (type === 'structure' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value).flatMap(([key, held]) => {
      const name = key.charAt(0).toUpperCase() + key.slice(1);
      const of = members[name];
      return of ? [[name, stored(shapeModel(model, of.shape), held, `${path}.${key}`)]] : [];
    });
    return Object.fromEntries(entries);
  }
  if (typeof value === type) return value;
  throw invalid(`The value of the attribute ${path} must be a ${type}`);
}
