/** One request that reached local AWS. */
export interface JournalEntry {
  readonly service: string;
  readonly operation: string;
  readonly requestId: string;
  /** Null while there is no answer, and for ever if the connection was dropped. */
  status: number | null;
  /** When it arrived, in ISO 8601. */
  readonly at: string;
}

/** The latest requests, so that tests can count calls and people can see what their program sends. */
export class RequestJournal {
  readonly #capacity: number;
  #entries: JournalEntry[] = [];

  constructor(capacity = 1000) {
    this.#capacity = capacity;
  }

  add(entry: JournalEntry): JournalEntry {
    this.#entries.push(entry);
    // Cut back seldom, so that a request costs no copying.
    if (this.#entries.length >= 2 * this.#capacity) this.#entries = this.list();
    return entry;
  }

  /** Oldest first. */
  list(): JournalEntry[] {
    return this.#entries.slice(-this.#capacity);
  }

  clear(): void {
    this.#entries = [];
  }
}
