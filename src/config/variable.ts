/** Environment variables: how each is checked, and what the documentation says of it. */
import * as z from 'zod';

export interface Variable<Value = unknown> {
  /** Such as `PORT`. */
  readonly name: string;
  /** What may be given, as the documentation says it: "a whole number from 0 to 65535". */
  readonly type: string;
  /** What counts when nothing is given, as the documentation says it. */
  readonly fallback: string;
  /** What it is for. */
  readonly meaning: string;
  /** Reads the text; undefined stands for one that is not set, or empty. */
  readonly schema: z.ZodType<Value, string | undefined>;
  /** Whether its value must not be shown. */
  readonly isSecret?: boolean;
}

/** Variables of one purpose, by the names of their values. */
export type Variables = Readonly<Record<string, Variable>>;

/** The values of such variables. */
export type ValuesOf<Group extends Variables> = {
  readonly [Name in keyof Group]: Group[Name] extends Variable<infer Value> ? Value : never;
};

interface NumberRange {
  readonly min: number;
  readonly max: number;
}

export function wholeNumber(
  name: string,
  { fallback, ...range }: NumberRange & { readonly fallback: number },
  meaning: string,
): Variable<number> {
  return ownWholeNumber(name, { ...range, fallback, words: String(fallback) }, meaning);
}

/**
 * A whole number whose default differs from machine to machine.
 *
 * @param words The default, as the documentation says it.
 */
export function ownWholeNumber(
  name: string,
  { fallback, words, ...range }: NumberRange & { readonly fallback: number; readonly words: string },
  meaning: string,
): Variable<number> {
  const { type, schema } = wholeNumberIn(range);
  return { name, type, fallback: words, meaning, schema: schema.default(fallback) };
}

/**
 * A whole number that need not be given.
 *
 * @param without What it means that nothing is given, for the documentation.
 */
export function optionalWholeNumber(
  name: string,
  range: NumberRange,
  without: string,
  meaning: string,
): Variable<number | undefined> {
  const { type, schema } = wholeNumberIn(range);
  return { name, type, fallback: without, meaning, schema: schema.optional() };
}

function wholeNumberIn({ min, max }: NumberRange) {
  const type = `a whole number from ${min} to ${max}`;
  const message = `it must be ${type}`;
  const schema = z
    .string()
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .refine(value => value >= min && value <= max, message);
  return { type, schema };
}

export function choice<const Values extends readonly [string, ...string[]]>(
  name: string,
  values: Values,
  fallback: NoInfer<Values[number]>,
  meaning: string,
): Variable<Values[number]> {
  const type = `one of ${values.join(', ')}`;
  const schema = z.enum(values, `it must be ${type}`).default(fallback as never);
  return { name, type, fallback, meaning, schema };
}

interface TextRule<Value> {
  /** What may be given, as an error says it too: "it must be …". */
  readonly type: string;
  readonly fallback?: string;
  /** Gives the value, or undefined for a text that is none, or tells what is wrong with it. */
  readonly read: (text: string) => Value | undefined | Fault;
}

/** What is wrong with a text, as a sentence goes on after what it must be. */
export class Fault {
  readonly words: string;

  constructor(words: string) {
    this.words = words;
  }
}

/** A text that has a default. */
export function text<Value>(
  name: string,
  rule: TextRule<Value> & { readonly fallback: string },
  meaning: string,
): Variable<Value> {
  const schema = z.string().default(rule.fallback).transform(reading(rule));
  return { name, type: rule.type, fallback: rule.fallback, meaning, schema };
}

/**
 * A text that need not be given.
 *
 * @param without What it means that nothing is given, for the documentation.
 */
export function optionalText<Value>(
  name: string,
  rule: TextRule<Value>,
  without: string,
  meaning: string,
): Variable<Value | undefined> {
  const schema = z.string().transform(reading(rule)).optional();
  return { name, type: rule.type, fallback: without, meaning, schema };
}

function reading<Value>({ type, read }: TextRule<Value>) {
  return (given: string, context: z.RefinementCtx): Value => {
    const value = read(given);
    if (value !== undefined && !(value instanceof Fault)) return value;
    context.addIssue({
      code: 'custom',
      message: `it must be ${type}${value instanceof Fault ? `; ${value.words}` : ''}`,
    });
    return z.NEVER;
  };
}

/** One whose value must not be shown. */
export function secret<Value>(variable: Variable<Value>): Variable<Value> {
  return { ...variable, isSecret: true };
}

/** A text of any form. */
export function anyText(type: string): { readonly type: string; readonly read: (text: string) => string } {
  return { type, read: given => given };
}
