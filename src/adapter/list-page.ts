/** A page of one of AWS's lists. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Asks for the page after this one; absent on the last. */
  readonly nextToken?: string | undefined;
}
