import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StartupError } from './startup-error.ts';

/** One row of one table, as it is kept on disk. */
export interface StoredRow {
  readonly kind: string;
  readonly parent: string;
  readonly key: string;
  readonly sequence: number;
  readonly row: object;
}

export type Change =
  | ({ readonly type: 'put' } & StoredRow)
  | { readonly type: 'delete'; readonly kind: string; readonly parent: string; readonly key: string }
  | { readonly type: 'deleteAll'; readonly kind: string; readonly parent: string }
  | { readonly type: 'clear' };

/** Raised when the layout of the file changes in a way that older code cannot read. */
const version = 1;

/**
 * The file behind the store. One generic table holds the rows of all kinds as JSON, so a new kind of entity
 * needs no migration.
 *
 * `synchronous = OFF` leaves flushing to the operating system: what was written survives the death of this
 * process, not a power cut. The exclusive lock, which dies with the process too, keeps a second local AWS
 * off the same folder.
 */
export class Database {
  readonly #path: string;
  readonly #file: DatabaseSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteAll: StatementSync;
  #isNew: boolean;

  constructor(folder: string) {
    const path = folder === ':memory:' ? folder : join(resolve(folder), 'state.db');
    this.#path = path;
    try {
      if (path !== folder) mkdirSync(folder, { recursive: true });
      this.#file = new DatabaseSync(path);
    } catch (error) {
      throw unusable(path, error);
    }
    try {
      this.#isNew = this.#prepare() === 0;
      this.#put = this.#file.prepare(
        'INSERT INTO rows (kind, parent, key, sequence, row) VALUES (?, ?, ?, ?, ?)' +
          ' ON CONFLICT (kind, parent, key) DO UPDATE SET row = excluded.row, sequence = excluded.sequence',
      );
      this.#delete = this.#file.prepare('DELETE FROM rows WHERE kind = ? AND parent = ? AND key = ?');
      this.#deleteAll = this.#file.prepare('DELETE FROM rows WHERE kind = ? AND parent = ?');
    } catch (error) {
      this.#file.close();
      throw error instanceof StartupError ? error : unusable(path, error);
    }
  }

  #prepare(): number {
    this.#file.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
    // A write, even an empty one, takes the lock at once and not at the first request.
    this.#file.exec('BEGIN IMMEDIATE; COMMIT;');
    const found = Number(this.#file.prepare('PRAGMA user_version').get()?.user_version);
    if (found > version) throw new Error(`it was written by a newer version of local AWS (layout ${found})`);
    this.#file.exec(
      'CREATE TABLE IF NOT EXISTS rows (kind TEXT, parent TEXT, key TEXT, sequence INTEGER, row TEXT,' +
        ' PRIMARY KEY (kind, parent, key)) WITHOUT ROWID',
    );
    return found;
  }

  /** Whether nothing was ever written: the moment for the demo world. */
  get isNew(): boolean {
    return this.#isNew;
  }

  /** All rows in the order in which they were made. */
  rows(): StoredRow[] {
    try {
      return this.#file
        .prepare('SELECT kind, parent, key, sequence, row FROM rows ORDER BY sequence')
        .all()
        .map(found => Object.assign(found, { row: JSON.parse(found.row as string) }) as unknown as StoredRow);
    } catch (error) {
      throw unusable(this.#path, error);
    }
  }

  /** Writes all changes or none of them. */
  apply(changes: readonly Change[]): void {
    this.#file.exec('BEGIN IMMEDIATE');
    try {
      for (const change of changes) this.#applyOne(change);
      if (this.#isNew) this.#file.exec(`PRAGMA user_version = ${version}`);
      this.#file.exec('COMMIT');
      this.#isNew = false;
    } catch (error) {
      if (this.#file.isTransaction) this.#file.exec('ROLLBACK');
      throw error;
    }
  }

  #applyOne(change: Change): void {
    switch (change.type) {
      case 'put':
        this.#put.run(change.kind, change.parent, change.key, change.sequence, JSON.stringify(change.row));
        break;
      case 'delete':
        this.#delete.run(change.kind, change.parent, change.key);
        break;
      case 'deleteAll':
        this.#deleteAll.run(change.kind, change.parent);
        break;
      case 'clear':
        this.#file.exec('DELETE FROM rows');
        break;
    }
  }

  close(): void {
    this.#file.close();
  }
}

function unusable(path: string, error: unknown): StartupError {
  const reason = error instanceof Error ? error.message : String(error);
  return reason.includes('locked')
    ? new StartupError(`Another local AWS is using ${path}; stop it or choose another folder.`)
    : new StartupError(
        `The state of local AWS in ${path} cannot be used: ${reason}. Move the file away to start afresh, or choose another folder.`,
      );
}
