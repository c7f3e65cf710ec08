/** What a job exported, as a file that an import reads. */
import type { GraphQLInputObjectType } from 'graphql';
import type { RowRecord } from './job-store.ts';
import type { ResultsFormat } from './results-link.ts';
import { columnsOf, writeCsv, writeNdjson } from './rows/index.ts';

/** So many rows are read at a time, and are in memory together. */
const PAGE_ROWS = 1_000;

/** Reads so many rows from behind a position. */
type ReadRows = (limit: number, after: number) => Promise<readonly RowRecord[]>;

/**
 * The file in pieces.
 *
 * @param type Of a row.
 * @param principal Whose turns it takes.
 */
export async function* writeExport(
  format: ResultsFormat,
  type: GraphQLInputObjectType,
  read: ReadRows,
  principal: string,
): AsyncGenerator<string, void> {
  if (format === 'ndjson') {
    yield* writeNdjson(inputs(read), type, principal);
    return;
  }
  // The header comes first, and has the columns that any of the rows needs.
  const columns = await columnsOf(inputs(read), type, principal);
  yield* writeCsv(inputs(read), columns, type, principal);
}

async function* inputs(read: ReadRows): AsyncGenerator<object, void> {
  for (let after = -1; ; ) {
    const rows = await read(PAGE_ROWS, after);
    for (const { input } of rows) yield input as object;
    if (rows.length < PAGE_ROWS) return;
    after = rows.at(-1)?.position ?? after;
  }
}
