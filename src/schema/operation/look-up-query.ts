/** Queries that find one thing by any of several things that only it has. */
import type { InputFieldMap, InputFieldRef, InputShapeFromFields, ObjectRef } from '@pothos/core';
import type { Move } from '../../errors.ts';
import { builder, type SchemaTypes } from '../builder.ts';
import type { Context } from '../context.ts';
import type { InputBuilder } from './mutation.ts';
import { type ArgBuilder, query } from './query.ts';
import type { ApiOperation, Declaration } from './registry.ts';

/** How to find a thing by one of the alternatives. */
export interface Way<Value, Args, Thing> {
  /** Where AWS's request has the value; empty where it has the members of it. Issues are told where the caller gave them. */
  readonly sentAs: readonly string[];
  readonly find: (value: Value, args: Args, context: Context) => Promise<Thing | null>;
}

/**
 * A thing, and what to find it by.
 *
 * @template Values The alternatives, by their names.
 * @template Args Where to look.
 */
export interface LookUpDeclaration<Values, Args, Thing> extends Declaration {
  readonly type: ObjectRef<SchemaTypes, Thing>;
  /** The thing in a sentence: "user". */
  readonly what: string;
  readonly by: (t: InputBuilder) => {
    readonly [Name in keyof Values]: InputFieldRef<SchemaTypes, Values[Name] | null | undefined>;
  };
  readonly ways: { readonly [Name in keyof Values]: Way<Values[Name], Args, Thing> };
}

/** Declares a query that finds a thing `by` exactly one of several alternatives, and the input of that name. */
export function lookUpQuery<Args extends InputFieldMap, Values, Thing extends object>(
  name: string,
  {
    what,
    args,
    by,
    ways,
    ...declaration
  }: LookUpDeclaration<Values, InputShapeFromFields<Args>, Thing> & {
    /** Where to look. */
    readonly args: (t: ArgBuilder) => Args;
  },
): ApiOperation {
  const input = builder.inputType(`${name.charAt(0).toUpperCase()}${name.slice(1)}By`, {
    description: `What to find a ${what} by: exactly one of these.`,
    isOneOf: true,
    fields: (t): InputFieldMap => by(t),
  });
  return query(name, {
    ...declaration,
    args: (t): InputFieldMap => ({
      ...args(t),
      by: t.field({ type: input, required: true, description: `What to find the ${what} by.` }),
    }),
    moves: given => movesFor(given, ways as Readonly<Record<string, Way<never, never, Thing>>>),
    run: (given, context) => {
      const alternative = alternativeIn(given);
      const { find } = ways[alternative as keyof Values] as Way<unknown, unknown, Thing>;
      const { by: alternatives, ...where } = given;
      return find((alternatives as Readonly<Record<string, unknown>>)[alternative], where, context);
    },
  });
}

/** Where what the caller gave is sent. */
function movesFor(
  given: Readonly<Record<string, unknown>>,
  ways: Readonly<Record<string, { readonly sentAs: readonly string[] }>>,
): Move[] {
  const alternative = alternativeIn(given);
  const { sentAs = [] } = ways[alternative] ?? {};
  if (sentAs.length > 0) return [[sentAs, ['by', alternative]]];
  const value = (given['by'] as Readonly<Record<string, object>>)[alternative] ?? {};
  return Object.keys(value).map(member => [[member], ['by', alternative, member]]);
}

/** Which alternative the caller gave: GraphQL sees to it that it is exactly one. */
function alternativeIn(given: Readonly<Record<string, unknown>>): string {
  return Object.keys(given['by'] as object)[0] ?? '';
}
