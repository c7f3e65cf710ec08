/** Values that come one after another, of which whoever reads too slowly gets the newest. */
export class Newest<Value> implements AsyncIterableIterator<Value> {
  readonly #left: () => void;
  #next: { readonly value: Value } | undefined;
  #end: { readonly error: unknown } | 'complete' | undefined;
  #reader: PromiseWithResolvers<IteratorResult<Value>> | undefined;

  /** @param left Is called once, when nobody reads any more. */
  constructor(left: () => void) {
    this.#left = left;
  }

  /** Has a value read, in place of one that was not read yet. */
  put(value: Value): void {
    if (this.#end !== undefined) return;
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader) reader.resolve({ done: false, value });
    else this.#next = { value };
  }

  /** Ends after what was put. */
  complete(): void {
    this.#finish('complete');
  }

  /** Fails after what was put. */
  fail(error: unknown): void {
    this.#finish({ error });
  }

  next(): Promise<IteratorResult<Value>> {
    const next = this.#next;
    this.#next = undefined;
    if (next) return Promise.resolve({ done: false, value: next.value });
    if (this.#end !== undefined) return this.#ended();
    this.#reader ??= Promise.withResolvers();
    return this.#reader.promise;
  }

  return(): Promise<IteratorResult<Value>> {
    this.#next = undefined;
    this.#finish('complete');
    return this.#ended();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish(end: { readonly error: unknown } | 'complete'): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#left();
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader) void this.#ended().then(reader.resolve, reader.reject);
  }

  /** An error is told once. */
  #ended(): Promise<IteratorResult<Value>> {
    const end = this.#end;
    this.#end = 'complete';
    return typeof end === 'object'
      ? Promise.reject(end.error)
      : Promise.resolve({ done: true, value: undefined });
  }
}
