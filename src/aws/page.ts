/** A page of an AWS list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Asks for the page after this one; absent on the last. */
  readonly nextToken?: string | undefined;
}
