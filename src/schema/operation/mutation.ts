/**
 * One declaration per mutation, from which its types, its field and its entry in the registry come.
 *
 * The order of a declaration's members matters to the compiler: `input`, `run`, `success` each take their types from
 * the one before.
 */
import type { FieldMap, InputFieldMap, InputShapeFromFields } from '@pothos/core';
import { builder, type SchemaTypes } from '../builder.ts';
import type { Context } from '../context.ts';
import { idempotencyKeyDescription } from './idempotency-key.ts';
import { underKey } from './keyed.ts';
import { observed } from './observed.ts';
import { requireScope } from './permission.ts';
import { type ApiOperation, type Declaration, register } from './registry.ts';
import { resultUnion, type SuccessBuilder } from './result.ts';

export type InputBuilder = PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>;

/** Every input has a key, which `mutation` adds. */
interface Keyed {
  readonly idempotencyKey?: string | null | undefined;
}

/** An input, and what the answer calls the field. */
interface Asked {
  readonly given: Keyed;
  readonly responseName: string;
}

/** What can come of a key, whatever AWS does. */
const ofKeys = ['conflict', 'idempotencyMismatch'] as const;

/** @template Given What `run` is given besides the fields. */
export interface MutationDeclaration<Fields extends InputFieldMap, Outcome extends object, Given = unknown>
  extends Declaration {
  /** What the input says, and where that is: "The user to create", "in a Chime account". */
  readonly inputDescription: readonly [what: string, where: string];
  readonly successDescription: `Returned when ${string}.`;
  readonly input: (t: InputBuilder) => Fields;
  /** Does the work. An ApiError that it throws becomes a member of the union; anything else is a bug. */
  readonly run: (
    input: InputShapeFromFields<Fields> & Keyed & Given,
    context: Context,
  ) => Outcome | Promise<Outcome>;
  readonly success: (t: SuccessBuilder<Outcome>) => FieldMap;
}

/**
 * Declares a mutation: its `…Input`, its `…Success`, its `…Result` with exactly the errors that can come, its field and
 * its entry in the registry.
 */
export function mutation<Fields extends InputFieldMap, Outcome extends object>(
  name: string,
  declaration: MutationDeclaration<Fields, Outcome>,
): ApiOperation {
  const { description, inputDescription, scope, aws } = declaration;
  const [what, where] = inputDescription;
  const stem = name.charAt(0).toUpperCase() + name.slice(1);
  const result = resultUnion<Outcome>(`${stem}Result`, {
    ...declaration,
    meanings: ofKeys,
    description: `What can come of \`${name}\`.`,
    successName: `${stem}Success`,
  });
  const operation = register('mutation', `Mutation.${name}`, declaration, result.errors);
  const input = builder.inputType(`${stem}Input`, {
    description: `${what} ${where}.`,
    fields: (t): InputFieldMap => ({
      ...declaration.input(t),
      idempotencyKey: t.string({
        description: idempotencyKeyDescription(aws, operation.batch !== undefined),
      }),
    }),
  });
  const runAllowed = declaration.run as (given: unknown, context: Context) => Outcome | Promise<Outcome>;
  function run({ given, responseName }: Asked, context: Context): Outcome | Promise<Outcome> {
    requireScope(context, scope);
    if (given.idempotencyKey == null) return runAllowed(given, context);
    return underKey(operation, given, responseName, context, () => runAllowed(given, context));
  }
  builder.mutationField(name, t =>
    t.field({
      type: result.type,
      description,
      args: { input: t.arg({ type: input, required: true, description: `${what}.` }) },
      resolve: (_root, args, context, { path }): Promise<object> => {
        context.mutation = name;
        const asked = { given: args.input as Keyed, responseName: String(path.key) };
        return observed(operation, context, result.settle, run, asked, context);
      },
    }),
  );
  return operation;
}
