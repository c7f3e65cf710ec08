/** What AWS tells one thing from all others by: one id, or several, such as a collection's and a user's. */

/** A key with parts of these names. */
export type KeyWith<Name extends string> = Readonly<Record<Name, string>>;

/** The key that a {@link NativeKey} describes. */
export type KeyOf<Key> = Key extends NativeKey<infer Name> ? KeyWith<Name> : never;

export class NativeKey<Name extends string> {
  readonly names: readonly Name[];

  /** @param names The members of a thing that make its key, from the widest to the narrowest. */
  constructor(...names: readonly Name[]) {
    this.names = names;
  }

  /**
   * One string for the key of a thing: its parts, each escaped so that "/" separates them. No text makes it fail, nor a part
   * that an input left out, which is for the check of the request to tell.
   */
  format(thing: Readonly<Partial<Record<Name, string>>>): string {
    return this.names.map(name => encodeURIComponent((thing[name] ?? '').toWellFormed())).join('/');
  }

  /** What tells a thing from others in the same: the narrowest part of its key. */
  idOf(thing: Readonly<Record<Name, string>>): string {
    return thing[this.names.at(-1) as Name];
  }

  /** The key in a string that {@link format} made, or undefined for any other. */
  parse(text: string): KeyWith<Name> | undefined {
    const parts = text.split('/');
    if (parts.length !== this.names.length || parts.includes('')) return undefined;
    try {
      const entries = this.names.map((name, index) => [name, decodeURIComponent(parts[index] ?? '')]);
      return Object.fromEntries(entries) as KeyWith<Name>;
    } catch {
      return undefined;
    }
  }
}
