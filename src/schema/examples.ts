/** An example for each operation, which its entity brings along; it names things of local AWS's demo world. */

export interface Example {
  /** A line for the person who reads it. */
  readonly note?: string;
  /** What has to be there for it to succeed and the demo world has not: most examples need no such thing. */
  readonly needs?: string;
  /** The arguments of the field. On a fresh demo world they succeed. */
  readonly args: Readonly<Record<string, unknown>>;
  /** What to select: of what is found, or of a mutation's success. */
  readonly select: string;
  /** The global id of what a look-up finds, if the examples of `node` and `nodes` are to have it. */
  readonly finds?: string;
  /** GraphiQL opens on it: on a tab of its own if it changes something, on the first tab if it reads. */
  readonly tab?: true;
}

/** By the names of operations. */
export type Examples = Readonly<Record<string, Example>>;
