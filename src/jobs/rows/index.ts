/** Rows of bulk jobs: read from what a caller uploads, and written as what is read. Knows neither a database nor AWS. */
import type { GraphQLInputObjectType } from 'graphql';
import { readCsv } from './csv.ts';
import { readNdjson } from './ndjson.ts';
import { DEFAULT_LIMITS, type NeedsEnd, type ReadLimits, type SourceRow } from './row.ts';
import { readableText } from './text.ts';

export { isWithin } from './faults.ts';
export { DEFAULT_LIMITS, type NeedsEnd, type ReadLimits, type RowFault, type SourceRow } from './row.ts';
export { tooManyRows } from './text.ts';
export { columnsOf, writeCsv, writeNdjson } from './writing.ts';

/** CSV as RFC 4180 has it, or one JSON object a line. */
export type RowFormat = 'CSV' | 'NDJSON';

/** A file of rows. */
export interface RowSource {
  readonly format: RowFormat;
  readonly bytes: Uint8Array;
  /** Of CSV alone: an object of JSON ends itself. */
  readonly needsEnd?: NeedsEnd;
}

/**
 * Reads the rows of a file, one after the other: blank lines are left out, and what is wrong with a row is told with the
 * row. Others have their turns in between.
 *
 * Cells of CSV are texts, which are read by the types of the members that their columns name: an empty one stands for a
 * member that is absent, so that CSV can neither say null nor an empty text. NDJSON can, and is read as requests are.
 *
 * @param principal For whom: each has its own turns.
 * @throws InvalidInputError for what is wrong with the file as a whole; rows may have come before.
 */
export async function* readRows(
  { format, bytes, needsEnd = () => false }: RowSource,
  type: GraphQLInputObjectType,
  principal: string,
  limits: Partial<ReadLimits> = {},
): AsyncGenerator<SourceRow, void> {
  const text = readableText(bytes);
  const reading = { text, type, principal, limits: { ...DEFAULT_LIMITS, ...limits }, needsEnd };
  yield* format === 'CSV' ? readCsv(reading) : readNdjson(reading);
}
