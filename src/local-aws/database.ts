import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { fromLayout1, tablesOfLayout1 } from './layout-1.ts';
import { StateFile } from './state-file.ts';

/** Raised when tables change in a way that older code cannot work with. New tables need no new layout. */
const layout = 2;

/** The columns of a row in the order of the SELECT. Arrays cost half of what objects do. */
export type Row = readonly SQLOutputValue[];

/** Values of named parameters, such as `:name`. */
export type Parameters = Readonly<Record<string, SQLInputValue>>;

/**
 * The file that holds the state, or a database in memory that lives as long as this object.
 *
 * `synchronous = OFF` leaves flushing to the operating system: what was written survives the death of this
 * process, not a power cut. The exclusive lock, which dies with the process too, keeps a second local AWS
 * off the same folder. Foreign keys hold, as they do by default in `node:sqlite`.
 */
export class Database {
  readonly #place: StateFile;
  readonly #file: DatabaseSync;
  readonly #found: number;
  readonly #schemas: string[] = [];
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Opens a folder's file, or `:memory:`. The tables are there after {@link setUp}.
   * @throws StartupError when the file cannot be used
   */
  constructor(data: string) {
    this.#place = new StateFile(data);
    this.#file = this.#place.open();
    try {
      // SQLite's own lower() knows ASCII only.
      this.#file.function('lower_case', { deterministic: true }, lowerCase);
      this.#found = lockAndCheck(this.#file);
    } catch (error) {
      this.#file.close();
      throw this.#place.unusable(error);
    }
  }

  /** Adds to the tables that {@link setUp} makes, in SQL that does nothing when they exist. */
  declare(schema: string): void {
    this.#schemas.push(schema);
  }

  /**
   * Makes the declared tables that are missing, moves over what an old layout kept and fills what is new: all
   * of it or nothing.
   * @param fill gets the names of the tables that were there before, in whatever layout
   * @throws StartupError when the file cannot be used
   */
  setUp<Result>(fill: (before: ReadonlySet<string>) => Result): Result {
    try {
      return this.transaction(() => {
        const before = this.#found === 1 ? tablesOfLayout1 : new Set(this.#tables());
        for (const schema of this.#schemas) this.#file.exec(schema);
        if (this.#found === 1) this.#file.exec(fromLayout1);
        const result = fill(before);
        this.#file.exec(`PRAGMA user_version = ${layout}`);
        return result;
      });
    } catch (error) {
      this.#file.close();
      throw this.#place.unusable(error);
    }
  }

  /** Runs a statement that changes rows, and tells how many. */
  run(sql: string, parameters: Parameters = {}): number {
    return Number(this.#statement(sql).run(parameters).changes);
  }

  row(sql: string, parameters: Parameters = {}): Row | undefined {
    return this.#statement(sql).get(parameters) as Row | undefined;
  }

  rows(sql: string, parameters: Parameters = {}): Row[] {
    return this.#statement(sql).all(parameters) as unknown as Row[];
  }

  /** Does all of the work, or, when it throws, nothing of it. */
  transaction<Result>(work: () => Result): Result {
    this.run('BEGIN');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } finally {
      // Something threw, and was not such a failure as ends the transaction itself, like a full disk.
      if (this.#file.isTransaction) this.run('ROLLBACK');
    }
  }

  /** Tells others that find the state in use where that is served which uses it. */
  announce(address: string): void {
    this.#place.announce(address);
  }

  /** Empties every table. The numbers of rows go on, so that page tokens given before point to no new row. */
  clear(): void {
    for (const name of this.#tables()) this.run(`DELETE FROM ${name}`);
  }

  close(): void {
    this.#file.close();
  }

  #tables(): string[] {
    const names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    return this.rows(names).map(([name]) => String(name));
  }

  /** Prepared when it is first needed. */
  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#file.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** The layout of the file; 0 when it is new. The first look into the file takes the lock. */
function lockAndCheck(file: DatabaseSync): number {
  file.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
  const found = Number(file.prepare('PRAGMA user_version').get()?.['user_version']);
  if (found > layout) throw new Error(`it was written by a newer version of local AWS (layout ${found})`);
  if (found > 0 && file.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] !== 'ok') {
    throw new Error('it is damaged');
  }
  return found;
}

function lowerCase(text: unknown): string | null {
  return typeof text === 'string' ? text.toLowerCase() : null;
}
