/** What the gateway tells of constraints of AWS's models that an input breaks: worked out from the data alone. */
import { readFileSync } from 'node:fs';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { expect } from 'vitest';
import type { AwsOperation } from '../../src/adapter/operation.ts';
import { requirementOf } from '../../src/adapter/pattern-words.ts';
import { requestModel, type ServiceModel, shapeModel } from '../../src/aws/models/model.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { type Boundary, type Broken, valid } from './boundaries.ts';
import type { TestGateway } from './gateway.ts';
import { documentOf, type Mutation, mutations } from './mutations.ts';
import { type RequestMember, requestMembers } from './request-members.ts';

interface TypeRef {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType?: TypeRef;
}

interface InputType {
  readonly name: string;
  readonly isOneOf?: boolean | null;
  readonly inputFields: readonly { readonly name: string; readonly type: TypeRef }[] | null;
}

const sdl = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
const { types } = introspectionFromSchema(buildSchema(sdl), { oneOf: true }).__schema;
const alternatives = new Set(
  (types as unknown as InputType[]).filter(({ isOneOf }) => isOneOf).map(({ name }) => name),
);
const inputTypes = new Map(
  (types as unknown as InputType[]).map(({ name, inputFields }) => [name, inputFields]),
);

/** The type of what a path leads to; undefined where an input has nothing of the kind. */
function typeAt(type: TypeRef | undefined, path: RequestMember['path']): TypeRef | undefined {
  if (type?.kind === 'NON_NULL') return typeAt(type.ofType, path);
  const [part, ...rest] = path;
  if (type === undefined || part === undefined) return type;
  if (typeof part === 'object') return type.name === 'JSONObject' ? anyJson : undefined;
  if (typeof part === 'number') return typeAt(type.kind === 'LIST' ? type.ofType : undefined, rest);
  const fields = inputTypes.get(type.name ?? '');
  return typeAt(fields?.find(({ name }) => name === apiName(part))?.type, rest);
}

const anyJson: TypeRef = { kind: 'SCALAR', name: 'JSON' };

function apiName(member: string): string {
  return renamed[member] ?? member.charAt(0).toLowerCase() + member.slice(1);
}

const renamed: Readonly<Record<string, string>> = { ClientRequestToken: 'idempotencyKey', SMS: 'sms' };

/** Whether a value passes GraphQL's own check of its type, which comes before AWS's constraints. */
function fits({ kind, name }: TypeRef, value: unknown): boolean {
  if (name === 'JSON') return true;
  if (value === null || value === undefined) return false;
  if (kind === 'LIST') return Array.isArray(value);
  if (name === 'String' || name === 'ID') return typeof value === 'string';
  if (name === 'Boolean') return typeof value === 'boolean';
  if (name === 'Int') return Number.isInteger(value);
  if (name === 'Float') return typeof value === 'number';
  return (
    (kind === 'INPUT_OBJECT' || name === 'JSONObject') && typeof value === 'object' && !Array.isArray(value)
  );
}

/** A member of a request that a mutation's input has, too. */
export interface InputCase {
  readonly mutation: Mutation;
  readonly operation: AwsOperation;
  readonly member: RequestMember;
  readonly at: string;
  readonly boundaries: readonly Boundary[];
  /** Whether GraphQL lets a value through to where it is held against AWS's constraints. */
  readonly lets: (value: unknown) => boolean;
}

export const inputCases: readonly InputCase[] = mutations.flatMap(mutation => {
  const input: TypeRef = { kind: 'INPUT_OBJECT', name: `${mutation.typeName}Input` };
  // Its input is that of the change; what looks for a change whose answer was lost has other inputs.
  const changing = mutation.aws.filter(({ effect }) => effect !== 'read');
  return changing.flatMap(operation =>
    requestMembers(operation.service.model, operation.name).flatMap(member => {
      const type = typeAt(input, member.path);
      const lets = (value: unknown) => type !== undefined && (member.isMapKey || fits(type, value));
      const boundaries = member.boundaries.filter(({ value }) => lets(value));
      const at = apiPath(member).join('.') + (member.isMapKey ? "'s keys" : '');
      // What has no rules of its own is taken as it is.
      const isGiven = boundaries.length > 0 || lets(valid(operation.service.model, member.shape));
      return isGiven ? [{ mutation, operation, member, at, boundaries, lets }] : [];
    }),
  );
});

function apiPath({ path }: RequestMember): string[] {
  return path.map(part =>
    typeof part === 'object' ? part.key : typeof part === 'number' ? String(part) : apiName(part),
  );
}

/** AWS's value in this API's words. */
function toApi(model: ServiceModel, name: string, value: unknown): unknown {
  const { type, members = {}, member, document } = shapeModel(model, name);
  if (Array.isArray(value))
    return member === undefined ? value : value.map(item => toApi(model, member, item));
  if (type !== 'structure' || document || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([each, held]) => [
      apiName(each),
      toApi(model, members[each]?.shape ?? '', held),
    ]),
  );
}

/** What an input has of a request: an update takes its changes as members of its own, and AWS as a list. */
function ownMembers({ typeName }: Mutation, request: unknown): object {
  const own = new Set(inputTypes.get(`${typeName}Input`)?.map(({ name }) => name));
  return Object.fromEntries(Object.entries(request as object).filter(([name]) => own.has(name)));
}

/** An input that succeeds, with what is put into it: maps are replaced, and so are alternatives. */
function merged(type: TypeRef | undefined, input: unknown, given: unknown): unknown {
  if (type?.kind === 'NON_NULL') return merged(type.ofType, input, given);
  if (type?.kind !== 'INPUT_OBJECT' || !isObject(given)) return given;
  const isOneOf = alternatives.has(type.name ?? '');
  if (isOneOf && Object.keys(given).length === 0) return input;
  const beside = isOneOf ? {} : { ...needed(type), ...(isObject(input) ? input : {}) };
  const both = Object.entries(given).map(
    ([name, value]) =>
      [name, merged(typeAt(type, [name]), (beside as Record<string, unknown>)[name], value)] as const,
  );
  return { ...beside, ...Object.fromEntries(both) };
}

/** What an input cannot do without. */
function needed({ name }: TypeRef): object {
  const fields = inputTypes.get(name ?? '') ?? [];
  return Object.fromEntries(
    fields.filter(({ type }) => type.kind === 'NON_NULL').map(field => [field.name, 'needed']),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function words(broken: Broken): string {
  switch (broken.kind) {
    case 'required':
      return 'is required';
    case 'min':
    case 'max': {
      const { kind, of, bound } = broken;
      if (kind === 'min' && of === 'length' && bound === 1) return 'must not be empty';
      const limit = `${kind === 'min' ? 'at least' : 'at most'} ${bound}`;
      if (of === 'value') return `must be ${limit}`;
      return of === 'length'
        ? `must be ${limit} characters long`
        : `must have ${limit} ${bound === 1 ? 'entry' : 'entries'}`;
    }
    case 'pattern':
      return requirementOf(broken.source);
    case 'enum':
      return `must be one of ${broken.values.join(', ')}`;
    case 'oneMember':
      return `must have exactly one of ${broken.members.map(apiName).join(', ')}`;
    case 'type':
      return `must be of type ${broken.of}`;
  }
}

interface Issue {
  readonly path: readonly string[];
  readonly message: string;
}

/** What AWS's model does not say, of the names of extensions and of changes that change nothing: other tests have it. */
const unwritten =
  /^Give at least one of .+ to change\.$| is not known to AWS, which has only aws:identitystore:enterprise\.$/;

/** Every issue that the gateway finds in an input; none where it is refused for another reason. */
export async function issuesOf(
  gateway: TestGateway,
  { mutation, operation }: Pick<InputCase, 'mutation' | 'operation'>,
  request: object,
): Promise<readonly Issue[]> {
  const { model } = operation.service;
  const { name } = requestModel(model, operation.name);
  const type: TypeRef = { kind: 'INPUT_OBJECT', name: `${mutation.typeName}Input` };
  const input = merged(type, mutation.input, ownMembers(mutation, toApi(model, name, request)));
  const { data: answer, errors } = await gateway.query(documentOf(mutation), { input });
  expect(errors).toBeUndefined();
  return ((answer.result.issues ?? []) as Issue[]).filter(({ message }) => !unwritten.test(message));
}

function batchOf({ field }: Mutation): string | undefined {
  return operations().find(({ coordinate }) => coordinate === `Mutation.${field}`)?.batch?.items;
}

/** What the gateway tells of a value that breaks constraints. */
export function expectedIssues(
  { mutation, member }: InputCase,
  { value, broken }: Boundary,
): readonly Issue[] {
  const path = [...apiPath(member), ...(member.isMapKey ? [String(value)] : [])];
  // What AWS takes in parts may be as long as anybody likes, or empty.
  const isInParts = path.length === 1 && batchOf(mutation) === path[0];
  // That an empty text has not the form either is no second mistake.
  const isEmpty = value === '' && broken.some(({ kind }) => kind === 'min');
  const told = broken.filter(({ kind }) =>
    isInParts ? kind !== 'min' && kind !== 'max' : !isEmpty || kind !== 'pattern',
  );
  return told.map(constraint => ({ path, message: `${path.join('.')} ${words(constraint)}.` }));
}
