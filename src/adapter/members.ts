/**
 * AWS names the members of its structures in PascalCase, this API in camelCase; otherwise they are the same
 * names, but for the ones that are {@link renamed}. These functions and types turn requests and answers from one to
 * the other, along AWS's model: what is in maps and documents is the customer's own and stays as it is.
 */
import type { DocumentType } from '@smithy/types';
import { type ServiceModel, type ShapeModel, shapeModel } from '../aws/models/model.ts';
import { missing, UnusableAnswer } from './answers.ts';

/** Members that this API calls by another name than AWS does. */
const renamed = { ClientRequestToken: 'idempotencyKey', SMS: 'sms' } as const;

type ApiName<Name> = Name extends keyof typeof renamed
  ? (typeof renamed)[Name]
  : Name extends string
    ? Uncapitalize<Name>
    : Name;

/** Members that may be left out, for which clients of a GraphQL API may also say null. */
type OptionalKeys<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never }[keyof T];

type RequiredKeys<T> = Exclude<keyof T, OptionalKeys<T> | '$metadata'>;

/**
 * A request of AWS as this API's input: the SDK says of required members that they may be undefined, and never
 * that a member may be null; here it is the other way round. Free-form documents are any JSON, and what a newer AWS
 * may answer with, the SDK's `$unknown`, is no input.
 */
export type ApiInput<T> = [DocumentType] extends [T] ? unknown : InputPart<T>;

type InputPart<T> = T extends Date | Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? readonly ApiInput<Item>[]
    : T extends { readonly $unknown: unknown }
      ? never
      : T extends object
        ? string extends keyof T
          ? { readonly [Key in keyof T]: ApiInput<T[Key]> }
          : {
              readonly [Key in RequiredKeys<T> as ApiName<Key>]: ApiInput<Exclude<T[Key], undefined>>;
            } & {
              readonly [Key in Exclude<OptionalKeys<T>, '$unknown'> as ApiName<Key>]?:
                | ApiInput<Exclude<T[Key], undefined>>
                | null
                | undefined;
            }
        : T;

/** An answer of AWS as this API has it. The SDK says of required members that they may be undefined; not so here. */
export type ApiOutput<T> = [DocumentType] extends [T] ? unknown : OutputPart<T>;

type OutputPart<T> = T extends Date | Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? readonly ApiOutput<Item>[]
    : T extends object
      ? string extends keyof T
        ? { readonly [Key in keyof T]: ApiOutput<T[Key]> }
        : {
            readonly [Key in RequiredKeys<T> as ApiName<Key>]: ApiOutput<Exclude<T[Key], undefined>>;
          } & {
            readonly [Key in Exclude<OptionalKeys<T>, '$metadata'> as ApiName<Key>]?: ApiOutput<T[Key]>;
          }
      : T;

/** Converts an input to what `shape` describes, leaving out what is null, absent or unknown to AWS. */
export function toAws(model: ServiceModel, shape: ShapeModel, input: unknown): unknown {
  return given(model, shape, input, ([name]) => name);
}

/** What of an input AWS takes, in this API's words. */
export function takenByAws(model: ServiceModel, shape: ShapeModel, input: unknown): unknown {
  return given(model, shape, input, ([, apiName]) => apiName);
}

function given(
  model: ServiceModel,
  shape: ShapeModel,
  input: unknown,
  nameOf: (member: Member) => string,
): unknown {
  if (typeof input !== 'object' || input === null) return input;
  if (shape.type === 'list' && Array.isArray(input)) {
    const item = itemModel(model, shape);
    return input.map(each => given(model, item, each, nameOf));
  }
  if (!isStructure(shape) || Array.isArray(input)) return input;
  const structure: Record<string, unknown> = {};
  for (const member of membersOf(model, shape)) {
    const [, apiName, of] = member;
    const value = (input as Readonly<Record<string, unknown>>)[apiName];
    if (value !== null && value !== undefined) structure[nameOf(member)] = given(model, of, value, nameOf);
  }
  return structure;
}

/** Makes what stands in place of a member that is odd: of another type than the model's, or missing where it is required. */
export type InPlaceOf = (odd: UnusableAnswer) => unknown;

/**
 * Converts what AWS answered, leaving out what the model does not know: the SDK passes on whatever the JSON holds.
 *
 * @param inPlaceOf Keeps what is beside an odd member, in answers that are there to be shown. The lists at the top of
 * an answer, their items and where they go on have to be what the model says all the same: adapters walk along them.
 * @throws UnusableAnswer when there is nothing in it, or something in it is odd and nothing may stand in its place.
 */
export function fromAws(
  model: ServiceModel,
  shape: ShapeModel | undefined,
  output: unknown,
  inPlaceOf?: InPlaceOf,
): unknown {
  const answer = converted(model, shape, output, inPlaceOf, 'answer', 'answer');
  // AWS gives lists that are empty; an answer without anything is a proxy's, or of another service.
  if (shape?.members && Object.keys(answer as object).length === 0) {
    const members = Object.keys(shape.members);
    if (members.length > 0) throw missing(members.join(' or '));
  }
  return answer;
}

/** Where something is in an answer: the answer itself, a list at its top or an item of that, or anything within. */
type Level = 'answer' | 'walkedAlong' | 'inside';

function converted(
  model: ServiceModel,
  shape: ShapeModel | undefined,
  output: unknown,
  inPlaceOf: InPlaceOf | undefined,
  name: string, // In AWS's words.
  level: Level = 'inside',
): unknown {
  if (!shape) return output;
  if (!isOfType(shape, output)) {
    const odd = new UnusableAnswer(`whose ${name} is not of the type ${shape.type}`);
    if (!inPlaceOf || level !== 'inside') throw odd;
    return inPlaceOf(odd);
  }
  if (shape.type === 'list') {
    const item = itemModel(model, shape);
    return (output as unknown[]).map((each, at) => {
      if (each === null && shape.sparse) return null;
      const inPlace = level === 'walkedAlong' ? inItem(inPlaceOf, name, at) : inPlaceOf;
      return converted(model, item, each, inPlace, name, level);
    });
  }
  if (!isStructure(shape)) return output;
  const structure: Record<string, unknown> = {};
  for (const [member, apiName, of, required] of membersOf(model, shape)) {
    const value = (output as Readonly<Record<string, unknown>>)[member];
    const isWalkedAlong = level === 'answer' && (of.type === 'list' || member === 'NextToken');
    if (value !== null && value !== undefined)
      structure[apiName] = converted(
        model,
        of,
        value,
        inPlaceOf,
        member,
        isWalkedAlong ? 'walkedAlong' : 'inside',
      );
    else if (required) {
      if (!inPlaceOf || isWalkedAlong) throw missing(member);
      structure[apiName] = inPlaceOf(missing(member));
    }
  }
  return structure;
}

/** Has errors say which item of a list they are about: of one without its key, the path of the error leads to the list alone. */
function inItem(inPlaceOf: InPlaceOf | undefined, list: string, at: number): InPlaceOf | undefined {
  return inPlaceOf && (({ flaw }) => inPlaceOf(new UnusableAnswer(`${flaw}, in ${list}[${at}]`)));
}

/** Whole numbers that this API has are GraphQL's. */
const MAX_INT = 2 ** 31 - 1;

/** Whether a value is what the SDK makes of a shape. What is in maps and documents is not looked at. */
function isOfType({ type, document }: ShapeModel, value: unknown): boolean {
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'integer':
    case 'long':
      return Number.isInteger(value) && Math.abs(value as number) <= MAX_INT;
    case 'float':
    case 'double':
      return Number.isFinite(value);
    case 'list':
      return Array.isArray(value);
    case 'timestamp':
      return value instanceof Date && !Number.isNaN(value.getTime());
    case 'blob':
      return value instanceof Uint8Array;
    default:
      return document ? value !== undefined : isObject(value);
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStructure({ type, document }: ShapeModel): boolean {
  return type === 'structure' && !document;
}

function itemModel(model: ServiceModel, { member = '' }: ShapeModel): ShapeModel {
  return shapeModel(model, member);
}

type Member = readonly [name: string, apiName: string, shape: ShapeModel, required: boolean];

const known = new WeakMap<ShapeModel, readonly Member[]>();

function membersOf(model: ServiceModel, shape: ShapeModel): readonly Member[] {
  let members = known.get(shape);
  if (!members) {
    members = Object.entries(shape.members ?? {}).map(([name, member]): Member => {
      const required = shape.required?.includes(name) ?? false;
      return [name, apiNameOf(name), shapeModel(model, member.shape), required];
    });
    known.set(shape, members);
  }
  return members;
}

/** The API's name of an AWS member. */
export function apiNameOf(member: string): string {
  return (
    (renamed as Readonly<Record<string, string>>)[member] ?? member.charAt(0).toLowerCase() + member.slice(1)
  );
}
