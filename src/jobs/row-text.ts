/** A row as it is received: with what is to be done, or with what is wrong with it. */
interface NewRow {
  readonly line: number | null;
  readonly input?: object | undefined;
  readonly error?: object | undefined;
}

/** A row as it is added: rows wait as texts until enough of them are there, since values take many times the memory. */
export function rowText(position: number, row: NewRow): string {
  return JSON.stringify({ position, state: row.error ? 'INVALID' : 'WAITING', ...row });
}
