/** One declaration for each field that reaches AWS: of Query, or of another type. */
import {
  type FieldNullability,
  InputFieldBuilder,
  type InputFieldMap,
  type InputShapeFromFields,
  type ObjectRef,
  type ShapeFromTypeParam,
  type TypeParam,
} from '@pothos/core';
import { InvalidInputError, type Move, movedInput } from '../../errors.ts';
import { builder, type SchemaTypes } from '../builder.ts';
import type { Context } from '../context.ts';
import { observed } from './observed.ts';
import { requireScope } from './permission.ts';
import { type ApiOperation, type Declaration, register } from './registry.ts';

export type ArgBuilder = PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'Arg'>;

/** Makes arguments with the same words as members of inputs: Pothos' own `t.arg` differs a little. */
const argBuilder: ArgBuilder = new InputFieldBuilder<SchemaTypes, 'Arg'>(builder, 'Arg');

interface FieldDeclaration<
  Args extends InputFieldMap,
  Type extends TypeParam<SchemaTypes>,
  Nullable extends FieldNullability<Type>,
> extends Declaration {
  readonly type: Type;
  /** True unless said otherwise: null stands for "not found". */
  readonly nullable?: Nullable;
  readonly args: (t: ArgBuilder) => Args;
}

type Answer<Type extends TypeParam<SchemaTypes>, Nullable extends FieldNullability<Type>> =
  | ShapeFromTypeParam<SchemaTypes, Type, Nullable>
  | Promise<ShapeFromTypeParam<SchemaTypes, Type, Nullable>>;

/** Declares a field of Query that reaches AWS. */
export function query<
  Args extends InputFieldMap,
  Type extends TypeParam<SchemaTypes>,
  Nullable extends FieldNullability<Type> = true,
>(
  name: string,
  declaration: FieldDeclaration<Args, Type, Nullable> & {
    /** Where the caller gave what `run` passes on by another name: issues are told by the caller's path. */
    readonly moves?: (args: InputShapeFromFields<Args>) => readonly Move[];
    readonly run: (args: InputShapeFromFields<Args>, context: Context) => Answer<Type, Nullable>;
  },
): ApiOperation {
  const { moves, scope } = declaration;
  const runAllowed = declaration.run as (args: unknown, context: Context) => never;
  function run(args: unknown, context: Context): never {
    requireScope(context, scope);
    return runAllowed(args, context);
  }
  const operation = register('query', `Query.${name}`, declaration);
  const answer = moves
    ? (args: unknown, context: Context) => inCallersTerms(run(args, context), moves(args as never))
    : run;
  builder.queryField(name, t =>
    t.field({
      ...fieldOptions(declaration),
      args: declaration.args(argBuilder),
      resolve: (_root, args, context) => observed(operation, context, answer, args, context),
    }),
  );
  return operation;
}

async function inCallersTerms<Found>(answer: Promise<Found>, moves: readonly Move[]): Promise<Found> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof InvalidInputError ? movedInput(error, moves) : error;
  }
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
  declaration: FieldDeclaration<Args, Type, Nullable> & {
    readonly run: (
      parent: Parent,
      args: InputShapeFromFields<Args>,
      context: Context,
    ) => Answer<Type, Nullable>;
  },
): ApiOperation {
  const runAllowed = declaration.run as (parent: unknown, args: unknown, context: Context) => never;
  function run(of: unknown, args: unknown, context: Context): never {
    requireScope(context, declaration.scope);
    return runAllowed(of, args, context);
  }
  const operation = register('field', `${parent.name}.${name}`, declaration);
  builder.objectField(parent, name, t =>
    t.field({
      ...fieldOptions(declaration),
      args: declaration.args(argBuilder),
      resolve: (of, args, context) => observed(operation, context, run, of, args, context),
    }),
  );
  return operation;
}

/** What Pothos is told of a field; its types were checked where it was declared. */
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
