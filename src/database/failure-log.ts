/** Tells the operator why the database could not be used: once for each cause within a while, however many were hit by it. */
import type { Logger } from 'pino';
import { factsOfFailure } from './failure-facts.ts';

/** For how long a cause is not told again. */
const QUIET_MS = 60_000;

/** How many causes are told apart; beyond that, each is told again. */
const MAX_CAUSES = 100;

interface Told {
  readonly at: number;
  /** How often it happened since. */
  repeats: number;
}

export class FailureLog {
  readonly #logger: Logger;
  readonly #causes = new Map<string, Told>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Tells it, unless the same was told a moment ago; how often it happened meanwhile comes with the next line. */
  failed(error: unknown): void {
    const cause = causeOf(error);
    const told = this.#causes.get(cause);
    if (told && performance.now() - told.at < QUIET_MS) {
      told.repeats += 1;
      return;
    }
    if (this.#causes.size >= MAX_CAUSES) this.#causes.clear();
    this.#causes.set(cause, { at: performance.now(), repeats: 0 });
    const repeats = told?.repeats ?? 0;
    this.#logger.warn(
      { err: factsOfFailure(error), ...(repeats > 0 && { repeats }) },
      'The database could not be used.',
    );
  }
}

/** Found at once: what is told takes longer, and thousands may fail of one cause. PostgreSQL's texts quote values, which differ. */
function causeOf(error: unknown): string {
  const { name, code, message, table, constraint, routine } = error as Readonly<Record<string, unknown>>;
  return JSON.stringify([
    name,
    code,
    routine === undefined ? message : undefined,
    table,
    constraint,
    routine,
  ]);
}
