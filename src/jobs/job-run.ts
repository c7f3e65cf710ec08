/** One job while this process works on it. */
import type { Context } from '../schema/context.ts';

/** What the rows of a job share. */
export class JobRun<Options extends object = object> {
  readonly options: Options;
  readonly #newContext: () => Context;
  readonly #known = new Map<string, Promise<unknown>>();

  constructor(options: Options, newContext: () => Context) {
    this.options = options;
    this.#newContext = newContext;
  }

  /** A context of its own, for what only reads. */
  context(): Context {
    return this.#newContext();
  }

  /** What is found out once for all rows; a failure is not kept. */
  once<Value>(name: string, find: (context: Context) => Promise<Value>): Promise<Value> {
    let known = this.#known.get(name) as Promise<Value> | undefined;
    if (!known) {
      const finding = find(this.#newContext());
      finding.catch(() => this.#known.delete(name));
      this.#known.set(name, finding);
      known = finding;
    }
    return known;
  }
}
