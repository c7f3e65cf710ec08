/** CSV as RFC 4180 has it, with a header. */
import { pipeline, Readable } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
import { ApiError, type InputIssue } from '../../errors.ts';
import { LIGHT_BYTES, turns } from '../../turns.ts';
import { Columns } from './columns.ts';
import { brokenRow, type Reading, rowOf, type SourceRow, wrongRow } from './row.ts';
import { Lines, wrongSource } from './text.ts';

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: Info;
}

export async function* readCsv(reading: Reading): AsyncGenerator<SourceRow, void> {
  const { text, type, principal, limits, needsEnd } = reading;
  refuseOtherSeparators(text);
  const lines = new Lines(text);
  let end = 0;
  let columns: Columns | undefined;
  let rows = 0;
  for await (const { record, info } of recordsOf(reading)) {
    await turns.take(principal);
    const line = lines.lineAt(end);
    end = info.bytes;
    if (!columns) {
      if (namesComma(record)) continue;
      columns = new Columns(record, type);
      continue;
    }
    const isOpen = end >= text.length && !endsLine(text);
    if (isOpen && record.length < columns.count)
      throw wrongSource(`Line ${line}, the last one, breaks off: the file seems to be cut off.`);
    const row = rowFrom(reading, columns, line, record);
    if (!row) continue;
    if (isOpen && row.value && needsEnd(columns.asIfWhole(record, row.value)))
      throw wrongSource(unended(line));
    rows += 1;
    if (rows > limits.maxRows) {
      throw wrongSource(`The source has more than ${limits.maxRows.toLocaleString('en')} rows.`);
    }
    yield row;
  }
  if (!columns) throw wrongSource('The source is empty.');
  if (rows === 0) throw wrongSource('The source has a header and no rows.');
}

function unended(line: number): string {
  return `Line ${line}, the last one, has no line break at its end, so that nobody can tell whether the file was cut off: add one if it is whole.`;
}

function endsLine(text: Buffer): boolean {
  const last = text.at(-1);
  return last === 0x0a || last === 0x0d;
}

/** Undefined for a row without anything in it, as which spreadsheets write blank lines. */
function rowFrom(
  reading: Reading,
  columns: Columns,
  line: number,
  cells: readonly string[],
): SourceRow | undefined {
  if (cells.every(cell => cell === '')) return undefined;
  if (cells.length !== columns.count) {
    const has = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
    return brokenRow(line, [wrongRow(`The row has ${has} where the header has ${columns.count}.`)]);
  }
  const known: InputIssue[] = [];
  const raw = columns.rawOf(cells, known) ?? {};
  return rowOf(reading, { line, raw, known }, columns.columnAt);
}

async function* recordsOf({ text, limits }: Reading): AsyncGenerator<CsvRecord, void> {
  const parser = parse({
    info: true,
    // It looks before it takes one more.
    max_record_size: limits.maxRowBytes - 1,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
  });
  // The parser tells its errors itself.
  pipeline(Readable.from(piecesOf(text)), parser, () => undefined);
  try {
    yield* parser as AsyncIterable<CsvRecord>;
  } catch (error) {
    throw error instanceof ApiError ? error : refusalOf(error as CsvError & Info, text, limits.maxRowBytes);
  }
}

/** The parser takes each piece apart at once. */
function* piecesOf(text: Buffer): Generator<Buffer, void> {
  for (let at = 0; at < text.length; at += LIGHT_BYTES) yield text.subarray(at, at + LIGHT_BYTES);
}

/** In our words, for the parser's repeat what is in the cells. */
function refusalOf(error: CsvError & Info, text: Buffer, maxBytes: number): Error {
  // What it has counted last is the end of the cell before.
  const line = `Line ${new Lines(text).lineAt(error.bytes)}`;
  switch (error.code as string) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return wrongSource(`${line} begins a quote that is not closed: the file seems to be cut off.`);
    case 'CSV_INVALID_CLOSING_QUOTE':
      return wrongSource(
        `${line} begins a cell that goes on after its closing quote: double the quotes in it.`,
      );
    case 'INVALID_OPENING_QUOTE':
      return wrongSource(
        `${line} has a quote in a cell that does not begin with one: put the cell in quotes, and double those in it.`,
      );
    case 'CSV_MAX_RECORD_SIZE':
      return wrongSource(`${line} is of a row of more than ${maxBytes.toLocaleString('en')} bytes.`);
    default:
      return error;
  }
}

/** What names the separator to Excel, before the header: `sep=,`. */
const naming = /^"?sep=(.)"?,*$/i;

/** Whether a first row says that commas separate the columns, as Excel writes it. */
function namesComma(cells: readonly string[]): boolean {
  return naming.exec(cells.join(','))?.[1] === ',';
}

/** A header that has more of what other programs separate columns with than commas: no member's name has any of it. */
function refuseOtherSeparators(text: Buffer): void {
  const start = text.toString('utf8', 0, LIGHT_BYTES);
  const header = /^[\r\n]*([^\r\n]*)/.exec(start)?.[1] ?? '';
  const named = naming.exec(header)?.[1];
  const count = (separator: string) => header.split(separator).length - 1;
  const other =
    named ?? [';', '\t'].find(separator => count(separator) > 0 && count(separator) >= count(','));
  if (other === undefined || other === ',') return;
  const words =
    new Map([
      [';', 'semicolons'],
      ['\t', 'tabs'],
    ]).get(other) ?? JSON.stringify(other);
  throw wrongSource(`The columns are separated by ${words}; separate them with commas.`);
}
