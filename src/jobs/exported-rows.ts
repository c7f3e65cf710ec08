/** What a job exported, as a file that an import reads. */
import type { GraphQLInputObjectType } from 'graphql';
import type { WaitingRow } from './job-queries.ts';
import type { ResultsFormat } from './results-link.ts';
import { columnsOf, writeCsv, writeNdjson } from './rows/index.ts';

/** So many rows are read at a time at most, and are in memory together. */
const PAGE_ROWS = 1_000;

/** Reads up to so many rows from behind a position; none when there are no more. */
type ReadRows = (limit: number, after: number) => Promise<readonly Pick<WaitingRow, 'position' | 'input'>[]>;

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
    const last = rows.at(-1);
    if (!last) return;
    for (const { input } of rows) yield input;
    after = last.position;
  }
}
