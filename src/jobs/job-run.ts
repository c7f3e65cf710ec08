/** One job while this process works on it. */
import type { Context } from '../schema/context.ts';
import type { Brakes } from './brakes.ts';

export interface JobRunFacts<Options extends object> {
  /** What holds for all rows. */
  readonly options: Options;
  /** Whether only to tell what would be done. */
  readonly dryRun: boolean;
  /** What must not be changed, and how much may be deleted. */
  readonly brakes: Brakes;
}

/** What the rows of a job share. */
export class JobRun<Options extends object = object> implements JobRunFacts<Options> {
  readonly options: Options;
  readonly dryRun: boolean;
  readonly brakes: Brakes;
  readonly #newContext: () => Context;
  readonly #known = new Map<string, Promise<unknown>>();

  constructor({ options, dryRun, brakes }: JobRunFacts<Options>, newContext: () => Context) {
    this.options = options;
    this.dryRun = dryRun;
    this.brakes = brakes;
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
