/** Answers in which a time is none: the SDK's functions give up the whole answer for it. What else is odd, they pass on. */
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef } from '@smithy/types';

/** Where something is in an answer: the names of members, and places in lists. */
type Path = readonly (string | number)[];

/** How many seconds before and after 1970 JavaScript has times. */
const MAX_SECONDS = 8_640_000_000_000;

/** RFC 3339, as far as JavaScript reads it. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)$/i;

/** An answer without the times that are none. */
export interface Mended {
  readonly json: string;
  /** Puts a Date that is no time where each of them was. */
  mark(output: object): void;
}

/** The answer without the times that are none; undefined if there are none in it, or it is no JSON. */
export function withoutOddTimes(schema: SchemaRef, body: unknown): Mended | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(Buffer.from(body as Uint8Array).toString());
  } catch {
    return undefined;
  }
  const odd: Path[] = [];
  clear(NormalizedSchema.of(schema), answer, [], odd);
  if (odd.length === 0) return undefined;
  return {
    json: JSON.stringify(answer),
    mark(output) {
      for (const path of odd) {
        const holder = path.slice(0, -1).reduce<unknown>((value, name) => (value as Holder)[name], output);
        (holder as Holder)[path.at(-1) ?? ''] = new Date(Number.NaN);
      }
    },
  };
}

type Holder = Record<string | number, unknown>;

/** Takes the odd times out of structures, and tells where they were. */
function clear(schema: NormalizedSchema, value: unknown, path: Path, odd: Path[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (schema.isListSchema() && Array.isArray(value)) {
    for (const [at, item] of value.entries()) clear(schema.getValueSchema(), item, [...path, at], odd);
    return;
  }
  if (!schema.isStructSchema()) return;
  const structure = value as Holder;
  for (const [name, member] of schema.structIterator()) {
    const key = member.getMergedTraits().jsonName ?? name;
    const held = structure[key];
    if (held === undefined || held === null) continue;
    if (!member.isTimestampSchema()) clear(member, held, [...path, name], odd);
    else if (!isTime(held)) {
      delete structure[key];
      odd.push([...path, name]);
    }
  }
}

/** Services write times as seconds, or as texts: what is of the other form is left to the SDK to refuse. */
function isTime(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) <= MAX_SECONDS;
  return typeof value === 'string' && dateTime.test(value) && !Number.isNaN(Date.parse(value));
}
