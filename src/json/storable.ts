/** Texts as a database can keep them. */

/** PostgreSQL has no form for U+0000, and UTF-8 none for half of a surrogate pair. */
const unstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** A value of JSON in which such characters are written as their escapes: for what people read, and no program reads back. */
export function storable<Value>(value: Value): Value {
  return walked(value) as Value;
}

function walked(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(unstorable, escapeOf);
  if (Array.isArray(value)) return value.map(walked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [walked(name), walked(held)]));
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
