import { type Change, Database } from './database.ts';
import { type Log, Table } from './table.ts';

/**
 * The state of local AWS: tables in memory, written through to a file. Changes become durable together, in
 * one transaction, when the answer is about to be sent ({@link Store.commit}); what fails before that is
 * undone ({@link Store.rollback}).
 */
export class Store {
  readonly #database: Database;
  readonly #tables = new Map<string, Pick<Table<object>, 'restore' | 'forget'>>();
  #pending: Change[] = [];
  /** Above every number ever given out, also those of rows that were deleted before a restart. */
  #sequence = Date.now() * 1000;

  /** @param data a folder, or `:memory:` */
  constructor(data: string) {
    this.#database = new Database(data);
  }

  get isNew(): boolean {
    return this.#database.isNew;
  }

  /** Declares a table. Each index names what rows can be found by, beside their key. */
  table<Row extends object, Index extends string = never>(
    kind: string,
    indexes: Readonly<Record<Index, (row: Row) => string | undefined>>,
  ): Table<Row, Index> {
    const log: Log = {
      write: change => this.#pending.push(change),
      nextSequence: () => ++this.#sequence,
    };
    const table = new Table<Row, Index>(kind, indexes, log);
    this.#tables.set(kind, table);
    return table;
  }

  /** Fills the declared tables from the file. */
  load(): void {
    for (const table of this.#tables.values()) table.forget();
    for (const { kind, parent, key, sequence, row } of this.#database.rows()) {
      this.#tables.get(kind)?.restore(parent, key, sequence, row);
      this.#sequence = Math.max(this.#sequence, sequence);
    }
  }

  commit(): void {
    if (this.#pending.length === 0) return;
    try {
      this.#database.apply(this.#pending);
      this.#pending = [];
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  /** Takes back what was changed since the last commit. */
  rollback(): void {
    if (this.#pending.length === 0) return;
    this.#pending = [];
    this.load();
  }

  /** Empties every table. */
  clear(): void {
    for (const table of this.#tables.values()) table.forget();
    this.#pending = [{ type: 'clear' }];
  }

  close(): void {
    this.#database.close();
  }
}
