import type { Change } from './database.ts';

interface Entry<Row> {
  readonly key: string;
  readonly sequence: number;
  /** Undefined once deleted: the entry then only keeps its place until the next tidying. */
  row: Row | undefined;
}

interface Partition<Row, Index extends string> {
  readonly entries: Map<string, Entry<Row>>;
  /** Oldest first, so that a page starts by binary search. */
  ordered: Entry<Row>[];
  readonly indexes: Readonly<Record<Index, Map<string, string>>>;
}

export interface Page<Row> {
  readonly rows: Row[];
  /** Where the next page begins: after this sequence number. Absent on the last page. */
  readonly next?: number;
}

export interface PageOptions<Row> {
  readonly after: number;
  readonly limit: number;
  readonly where?: (row: Row) => boolean;
}

/** Where a table reports its changes to, and what numbers its rows. */
export interface Log {
  write(change: Change): void;
  nextSequence(): number;
}

/**
 * Rows of one kind, each under a parent (the users of a collection, say) and a key. Rows are listed in the
 * order in which they were made, and a page continues after a row's sequence number, so neither inserts
 * nor deletes between two pages make it skip or repeat a row.
 */
export class Table<Row extends object, Index extends string = never> {
  readonly #kind: string;
  readonly #indexed: Readonly<Record<Index, (row: Row) => string | undefined>>;
  readonly #log: Log;
  readonly #partitions = new Map<string, Partition<Row, Index>>();

  constructor(kind: string, indexed: Readonly<Record<Index, (row: Row) => string | undefined>>, log: Log) {
    this.#kind = kind;
    this.#indexed = indexed;
    this.#log = log;
  }

  get(parent: string, key: string): Row | undefined {
    return this.#partitions.get(parent)?.entries.get(key)?.row;
  }

  /** The row that has `value` in an index. Indexes are unique: whoever writes checks first. */
  find(parent: string, index: Index, value: string): Row | undefined {
    const key = this.#partitions.get(parent)?.indexes[index].get(value);
    return key === undefined ? undefined : this.get(parent, key);
  }

  count(parent: string): number {
    return this.#partitions.get(parent)?.entries.size ?? 0;
  }

  /** Adds a row, or replaces the one under this key where it stands. */
  put(parent: string, key: string, row: Row): void {
    const sequence = this.#partitions.get(parent)?.entries.get(key)?.sequence ?? this.#log.nextSequence();
    this.restore(parent, key, sequence, row);
    this.#log.write({ type: 'put', kind: this.#kind, parent, key, sequence, row });
  }

  delete(parent: string, key: string): void {
    const partition = this.#partitions.get(parent);
    const entry = partition?.entries.get(key);
    if (!partition || !entry) return;
    if (entry.row) this.#unindex(partition, entry.row);
    entry.row = undefined;
    partition.entries.delete(key);
    if (partition.ordered.length > 2 * partition.entries.size + 100) {
      partition.ordered = partition.ordered.filter(each => each.row !== undefined);
    }
    this.#log.write({ type: 'delete', kind: this.#kind, parent, key });
  }

  deleteAll(parent: string): void {
    if (this.#partitions.delete(parent)) this.#log.write({ type: 'deleteAll', kind: this.#kind, parent });
  }

  page(parent: string, { after, limit, where = () => true }: PageOptions<Row>): Page<Row> {
    const ordered = this.#partitions.get(parent)?.ordered ?? [];
    const rows: Row[] = [];
    let last = after;
    for (let index = firstAfter(ordered, after); index < ordered.length; index++) {
      const entry = ordered[index];
      if (!entry?.row || !where(entry.row)) continue;
      if (rows.length === limit) return { rows, next: last };
      rows.push(entry.row);
      last = entry.sequence;
    }
    return { rows };
  }

  /** Puts a row in its place without writing it to disk, where it comes from. */
  restore(parent: string, key: string, sequence: number, row: Row): void {
    const partition = this.#partition(parent);
    const entry = partition.entries.get(key);
    if (entry?.row) {
      this.#unindex(partition, entry.row);
      entry.row = row;
    } else {
      const added = { key, sequence, row };
      partition.entries.set(key, added);
      partition.ordered.push(added);
    }
    for (const [index, value] of this.#values(row)) partition.indexes[index].set(value, key);
  }

  /** Forgets everything without writing it to disk. */
  forget(): void {
    this.#partitions.clear();
  }

  #partition(parent: string): Partition<Row, Index> {
    const existing = this.#partitions.get(parent);
    if (existing) return existing;
    const names = Object.keys(this.#indexed) as Index[];
    const indexes = Object.fromEntries(names.map(name => [name, new Map()])) as Record<
      Index,
      Map<string, string>
    >;
    const created: Partition<Row, Index> = { entries: new Map(), ordered: [], indexes };
    this.#partitions.set(parent, created);
    return created;
  }

  #unindex(partition: Partition<Row, Index>, row: Row): void {
    for (const [index, value] of this.#values(row)) partition.indexes[index].delete(value);
  }

  #values(row: Row): [Index, string][] {
    const names = Object.keys(this.#indexed) as Index[];
    return names.flatMap(name => {
      const value = this.#indexed[name](row);
      return value === undefined ? [] : [[name, value] as [Index, string]];
    });
  }
}

function firstAfter(ordered: readonly { readonly sequence: number }[], after: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle]?.sequence ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}
