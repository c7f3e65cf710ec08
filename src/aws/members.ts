/**
 * AWS names the members of its structures in PascalCase, this API in camelCase; otherwise they are the same
 * names. These two functions and their types turn whole structures from one to the other.
 */

/** `T` with the members of every structure in camelCase. */
export type Camel<T> = T extends Date
  ? T
  : T extends readonly (infer Item)[]
    ? Camel<Item>[]
    : T extends object
      ? { [Key in keyof T as Key extends string ? Uncapitalize<Key> : Key]: Camel<T[Key]> }
      : T;

/** Converts an AWS structure. Members named in `opaque` hold the customer's own data and stay as they are. */
export function fromAws<T>(value: T, opaque: readonly string[] = []): Camel<T> {
  return rename(value, opaque, camelCase) as Camel<T>;
}

/** Converts an input to an AWS structure, leaving out what is null or absent. `opaque` as in {@link fromAws}. */
export function toAws(value: object, opaque: readonly string[] = []): Record<string, unknown> {
  return rename(value, opaque, key => key.charAt(0).toUpperCase() + key.slice(1)) as Record<string, unknown>;
}

function rename(value: unknown, opaque: readonly string[], renameKey: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map(item => rename(item, opaque, renameKey));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const renamed: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === null || member === undefined) continue;
    renamed[renameKey(key)] = opaque.includes(key) ? member : rename(member, opaque, renameKey);
  }
  return renamed;
}

/** The API's name of an AWS member. */
export function camelCase(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}
