/**
 * AWS names the members of its structures in PascalCase, this API in camelCase; otherwise they are the same
 * names, but for the ones that are {@link renamed}. These functions and types turn structures from one to the
 * other.
 */
import type { DocumentType } from '@smithy/types';
import { type ServiceModel, type ShapeModel, shapeModel } from './models/model.ts';

/** Members that this API calls by another name than AWS does. */
const renamed = { ClientRequestToken: 'idempotencyKey' } as const;

type ApiName<Member> = Member extends keyof typeof renamed
  ? (typeof renamed)[Member]
  : Member extends string
    ? Uncapitalize<Member>
    : Member;

/** `T` with the members of every structure in camelCase. */
export type Camel<T> = T extends Date
  ? T
  : T extends readonly (infer Item)[]
    ? Camel<Item>[]
    : T extends object
      ? { [Key in keyof T as Key extends string ? Uncapitalize<Key> : Key]: Camel<T[Key]> }
      : T;

/** Members that may be left out, for which clients of a GraphQL API may also say null. */
type OptionalKeys<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never }[keyof T];

/**
 * A request of AWS as this API's input: the SDK says of required members that they may be undefined, and never
 * that a member may be null; here it is the other way round. Free-form documents are any JSON, and what a newer AWS
 * may answer with, the SDK's `$unknown`, is no input.
 */
export type ApiInput<T> = [DocumentType] extends [T] ? unknown : ApiInputOf<T>;

type ApiInputOf<T> = T extends Date | Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? readonly ApiInput<Item>[]
    : T extends { readonly $unknown: unknown }
      ? never
      : T extends object
        ? string extends keyof T
          ? { readonly [Key in keyof T]: ApiInput<T[Key]> }
          : {
              readonly [Key in Exclude<keyof T, OptionalKeys<T>> as ApiName<Key>]: ApiInput<
                Exclude<T[Key], undefined>
              >;
            } & {
              readonly [Key in Exclude<OptionalKeys<T>, '$unknown'> as ApiName<Key>]?:
                | ApiInput<Exclude<T[Key], undefined>>
                | null
                | undefined;
            }
        : T;

/** Converts an AWS structure. Members named in `opaque` hold the customer's own data and stay as they are. */
export function fromAws<T>(value: T, opaque: readonly string[] = []): Camel<T> {
  return toCamel(value, opaque) as Camel<T>;
}

function toCamel(value: unknown, opaque: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map(item => toCamel(item, opaque));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const camel: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === null || member === undefined) continue;
    camel[camelCase(key)] = opaque.includes(key) ? member : toCamel(member, opaque);
  }
  return camel;
}

/** Converts an input to the request that `shape` describes, leaving out what is null, absent or unknown to AWS. */
export function toRequest(model: ServiceModel, shape: ShapeModel, input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  if (shape.type === 'list' && Array.isArray(input)) {
    const member = shapeModel(model, shape.member ?? '');
    return input.map(item => toRequest(model, member, item));
  }
  if (shape.type !== 'structure' || shape.document || Array.isArray(input)) return input;
  const request: Record<string, unknown> = {};
  for (const [name, apiName, memberShape] of membersOf(model, shape)) {
    const value = (input as Readonly<Record<string, unknown>>)[apiName];
    if (value !== null && value !== undefined) request[name] = toRequest(model, memberShape, value);
  }
  return request;
}

type Members = readonly (readonly [name: string, apiName: string, shape: ShapeModel])[];

const members = new WeakMap<ShapeModel, Members>();

function membersOf(model: ServiceModel, shape: ShapeModel): Members {
  let found = members.get(shape);
  if (!found) {
    found = Object.entries(shape.members ?? {}).map(
      ([name, member]) => [name, apiNameOf(name), shapeModel(model, member.shape)] as const,
    );
    members.set(shape, found);
  }
  return found;
}

/** The API's name of an AWS member. */
export function apiNameOf(member: string): string {
  return (renamed as Readonly<Record<string, string>>)[member] ?? camelCase(member);
}

function camelCase(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}
