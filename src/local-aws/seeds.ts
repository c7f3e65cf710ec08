import type { Database } from './database.ts';

/** One part of what a new state begins with. */
export interface Seed {
  /** What it is, in words. Never changes: a state remembers by it that it was given this part. */
  readonly name: string;
  /** The table that it is in. */
  readonly table: string;
  /**
   * Adds what of it has room, and tells whether that was anything. Everything that reads the state belongs in here: when a seed is
   * declared, there are no tables yet.
   */
  readonly sow: () => boolean;
}

const schema = `
CREATE TABLE IF NOT EXISTS seeds (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

/**
 * Gives a state each part of the demo world once. What somebody deleted does not come back, and what this version
 * has and the version that made the state had not is added.
 */
export class Seeds {
  readonly #database: Database;
  readonly #seeds: readonly Seed[];

  constructor(database: Database, seeds: readonly Seed[]) {
    this.#database = database;
    this.#seeds = seeds;
    database.declare(schema);
  }

  /** Gives an empty state all parts. */
  sowAll(): void {
    for (const seed of this.#seeds) {
      seed.sow();
      this.#remember(seed);
    }
  }

  /**
   * Gives a state the parts that it never had, and returns the names of what was added. Versions that remembered none gave each
   * part whose table they had.
   * @param before the tables that were there before this start
   */
  sowMissing(before: ReadonlySet<string>): string[] {
    const remembers = before.has('seeds');
    const given = new Set(this.#database.rows('SELECT name FROM seeds').map(([name]) => name));
    const missing = this.#seeds.filter(
      ({ name, table }) => !before.has(table) || (remembers && !given.has(name)),
    );
    const added = missing.filter(({ sow }) => sow());
    for (const seed of this.#seeds) this.#remember(seed);
    return added.map(({ name }) => name);
  }

  #remember({ name }: Seed): void {
    this.#database.run('INSERT OR IGNORE INTO seeds VALUES (:name)', { name });
  }
}
