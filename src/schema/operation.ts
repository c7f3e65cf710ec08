/**
 * One declaration per operation: everything that is said of a mutation, or of a field that reaches AWS, is said
 * in one place, from which its types, its field and its entry in {@link operations} come.
 *
 * The order of a declaration's members matters to the compiler: `input`, `run`, `success` (and `args`, `run`)
 * each take their types from the one before.
 */
import {
  type FieldMap,
  type FieldNullability,
  InputFieldBuilder,
  type InputFieldMap,
  type InputShapeFromFields,
  type ObjectRef,
  type ShapeFromTypeParam,
  type TypeParam,
} from '@pothos/core';
import type { Meaning } from '../aws/exceptions.ts';
import type { AwsOperation, Effect } from '../aws/operation.ts';
import { ApiError, ProviderFailureError } from '../errors.ts';
import { builder, type SchemaTypes } from './builder.ts';
import type { Context } from './context.ts';
import { type ErrorName, errorTypes, Refused } from './errors.ts';

/** `provider:entity:action`. */
export type Scope = `${string}:${string}:${string}`;

/** What the rest of the gateway, its documentation and its tests know of an operation. */
export interface Operation {
  readonly kind: 'mutation' | 'query' | 'field' | 'node';
  /** Such as `Mutation.createChimeUser`. */
  readonly coordinate: string;
  readonly name: string;
  readonly description: string;
  readonly scope: Scope;
  /** The operations of AWS that it may call. */
  readonly aws: readonly AwsOperation[];
  readonly effect: Effect;
  /** The error types that a mutation's union has. */
  readonly errors: readonly ErrorName[];
}

/** What every declaration says. */
interface Declaration {
  readonly description: string;
  readonly scope: Scope;
  readonly aws: readonly AwsOperation[];
}

/** Makes arguments with the same words as members of inputs: Pothos' own `t.arg` differs a little. */
const argBuilder = new InputFieldBuilder<SchemaTypes, 'Arg'>(builder, 'Arg');

const registry = new Map<string, Operation>();

/** Every operation of the loaded providers, by its coordinate. */
export const operations: ReadonlyMap<string, Operation> = registry;

type InputBuilder = PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>;
export type ArgBuilder = PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'Arg'>;
type SuccessBuilder<Outcome> = PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Outcome>;

interface MutationDeclaration<Fields extends InputFieldMap, Outcome extends object> extends Declaration {
  readonly inputDescription: string;
  readonly successDescription: `Returned when ${string}.`;
  readonly input: (t: InputBuilder) => Fields;
  /** Does the work. An ApiError that it throws becomes a member of the union; anything else is a bug. */
  readonly run: (input: InputShapeFromFields<Fields>, context: Context) => Outcome | Promise<Outcome>;
  readonly success: (t: SuccessBuilder<Outcome>) => FieldMap;
}

/** Declares a mutation: its `…Input`, `…Success`, `…Result`, its field and its entry in {@link operations}. */
export function mutation<Fields extends InputFieldMap, Outcome extends object>(
  name: string,
  declaration: MutationDeclaration<Fields, Outcome>,
): Operation {
  const stem = name.charAt(0).toUpperCase() + name.slice(1);
  const operation = register({
    ...declaration,
    kind: 'mutation',
    coordinate: `Mutation.${name}`,
    name,
    errors: errorsOf(declaration.aws),
  });
  const input = builder.inputType(`${stem}Input`, {
    description: declaration.inputDescription,
    fields: t => declaration.input(t) as InputFieldMap,
  });
  const success = builder.objectRef<Outcome>(`${stem}Success`).implement({
    description: declaration.successDescription,
    fields: declaration.success,
  });
  const result = builder.unionType(`${stem}Result`, {
    description: `What can come of \`${name}\`.`,
    types: [success as ObjectRef<SchemaTypes, object>, ...operation.errors.map(error => errorTypes[error])],
    resolveType: value => (value instanceof Refused ? value.error.name : success.name),
  });
  const run = declaration.run as (input: unknown, context: Context) => Outcome | Promise<Outcome>;
  const listed = new Set<string>(operation.errors);
  builder.mutationField(name, t =>
    t.field({
      type: result,
      description: declaration.description,
      args: {
        input: t.arg({
          type: input,
          required: true,
          description: declaration.inputDescription.replace(/ (?:in|from) an? .*/, '.'),
        }),
      },
      resolve: async (_root, args, context): Promise<object> => {
        try {
          return await run(args.input, context);
        } catch (error) {
          return refused(error, listed, context);
        }
      },
    }),
  );
  return operation;
}

interface LookUpDeclaration<
  Args extends InputFieldMap,
  Type extends TypeParam<SchemaTypes>,
  Nullable extends FieldNullability<Type>,
> extends Declaration {
  readonly type: Type;
  /** True unless said otherwise: null stands for "not found". */
  readonly nullable?: Nullable;
  readonly args: (t: ArgBuilder) => Args;
}

type Found<Type extends TypeParam<SchemaTypes>, Nullable extends FieldNullability<Type>> =
  | ShapeFromTypeParam<SchemaTypes, Type, Nullable>
  | Promise<ShapeFromTypeParam<SchemaTypes, Type, Nullable>>;

/** Declares a field of Query that reaches AWS. */
export function query<
  Args extends InputFieldMap,
  Type extends TypeParam<SchemaTypes>,
  Nullable extends FieldNullability<Type> = true,
>(
  name: string,
  declaration: LookUpDeclaration<Args, Type, Nullable> & {
    readonly run: (args: InputShapeFromFields<Args>, context: Context) => Found<Type, Nullable>;
  },
): Operation {
  const run = declaration.run as (args: unknown, context: Context) => never;
  builder.queryField(name, t =>
    t.field({
      ...fieldOptions(declaration),
      args: declaration.args(argBuilder),
      resolve: (_root, args, context) => run(args, context),
    }),
  );
  return register({ ...declaration, kind: 'query', coordinate: `Query.${name}`, name, errors: [] });
}

/** Declares a field of another type that reaches AWS. */
export function field<
  Parent extends object,
  Args extends InputFieldMap,
  Type extends TypeParam<SchemaTypes>,
  Nullable extends FieldNullability<Type> = true,
>(
  parent: ObjectRef<SchemaTypes, Parent>,
  name: string,
  declaration: LookUpDeclaration<Args, Type, Nullable> & {
    readonly run: (
      parent: Parent,
      args: InputShapeFromFields<Args>,
      context: Context,
    ) => Found<Type, Nullable>;
  },
): Operation {
  const run = declaration.run as (parent: unknown, args: unknown, context: Context) => never;
  builder.objectField(parent, name, t =>
    t.field({
      ...fieldOptions(declaration),
      args: declaration.args(argBuilder),
      resolve: (of, args, context) => run(of, args, context),
    }),
  );
  return register({ ...declaration, kind: 'field', coordinate: `${parent.name}.${name}`, name, errors: [] });
}

/** What Pothos is told of a look-up; its types were checked where it was declared. */
function fieldOptions(declaration: {
  readonly type: unknown;
  readonly nullable?: unknown;
  readonly description: string;
}) {
  return {
    type: declaration.type as ObjectRef<SchemaTypes, object>,
    nullable: (declaration.nullable ?? true) as true,
    description: declaration.description,
  };
}

/** Adds an operation to {@link operations}. */
export function register(declared: Omit<Operation, 'effect'>): Operation {
  const { kind, coordinate, name, description, scope, aws, errors } = declared;
  if (registry.has(coordinate)) throw new TypeError(`${coordinate} is declared twice.`);
  const operation = { kind, coordinate, name, description, scope, aws, effect: effectOf(aws), errors };
  registry.set(coordinate, operation);
  return operation;
}

const effects: readonly Effect[] = ['read', 'idempotentChange', 'repeatableChange', 'change'];

/** A sequence of calls is as safe to repeat as the least safe of them. */
function effectOf(aws: readonly AwsOperation[]): Effect {
  return effects[Math.max(0, ...aws.map(({ effect }) => effects.indexOf(effect)))] ?? 'read';
}

const errorOf: Readonly<Record<Meaning, ErrorName>> = {
  accessDenied: 'AccessDeniedError',
  conflict: 'ConflictError',
  failure: 'ProviderFailureError',
  idempotencyMismatch: 'IdempotencyMismatchError',
  invalidInput: 'InvalidInputError',
  notFound: 'NotFoundError',
  quotaExceeded: 'QuotaExceededError',
  throttled: 'ThrottledError',
};

/** The gateway checks every input, and any call may fail; the others are those of AWS's exceptions. */
function errorsOf(aws: readonly AwsOperation[]): readonly ErrorName[] {
  const meanings = new Set<Meaning>(['invalidInput', 'failure', ...aws.flatMap(each => each.meanings)]);
  return [...meanings].map(meaning => errorOf[meaning]).toSorted();
}

/** Refusals become members of the union; bugs stay thrown. */
function refused(error: unknown, listed: ReadonlySet<string>, context: Context): Refused {
  if (!(error instanceof ApiError)) throw error;
  context.refusals.push(error);
  return new Refused(listed.has(error.name) ? error : unforeseen(error));
}

/** AWS may answer with an exception that its model of the operation does not list, and so the union does not. */
function unforeseen({ message, providerCode, requestId, retryable, cause }: ApiError): ApiError {
  return new ProviderFailureError({
    message,
    providerCode: providerCode ?? undefined,
    requestId: requestId ?? undefined,
    retryable,
    cause,
  });
}
