/** CSV as RFC 4180 has it, with a header. */
import { type CsvError, type Info, parse } from 'csv-parse/sync';
import type { InputIssue } from '../../errors.ts';
import { LIGHT_BYTES, turns } from '../../turns.ts';
import { Columns } from './columns.ts';
import { type Piece, piecesOf } from './csv-pieces.ts';
import { brokenRow, type Reading, rowOf, type SourceRow, tooLongRow, wrongRow } from './row.ts';
import { Lines, tooManyRows, wrongSource } from './text.ts';

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: Info;
}

export async function* readCsv(reading: Reading): AsyncGenerator<SourceRow, void> {
  const { text, type, principal, limits, needsEnd } = reading;
  refuseOtherSeparators(text);
  const lines = new Lines(text);
  let columns: Columns | undefined;
  let rows = 0;
  const count = () => {
    rows += 1;
    if (rows > limits.maxRows) throw wrongSource(tooManyRows(limits.maxRows));
  };
  for (const piece of piecesOf(text, limits.maxRowBytes)) {
    await turns.take(principal);
    if (piece.holds === 'longRow' && columns) {
      count();
      yield tooLongRow(lines.lineAt(piece.start), limits);
      continue;
    }
    let end = piece.start;
    for (const { record, info } of recordsIn(reading, piece)) {
      await turns.take(principal);
      const line = lines.lineAt(end);
      end = piece.start + info.bytes;
      if (!columns) {
        if (namesComma(record)) continue;
        columns = new Columns(record, type, limits.maxFaults);
        continue;
      }
      const isOpen = end >= text.length && !endsLine(text);
      if (isOpen && record.length < columns.count)
        throw wrongSource(`Line ${line}, the last one, breaks off: the file seems to be cut off.`);
      const row = rowFrom(reading, columns, line, record);
      if (!row) continue;
      if (isOpen && row.value && needsEnd(columns.asIfWhole(record, row.value)))
        throw wrongSource(unended(line));
      count();
      yield row;
    }
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

/** The rows of a piece, the header too. One that is too long has none that can be told, nor has the file then. */
function recordsIn({ text, limits }: Reading, { start, end, holds }: Piece): readonly CsvRecord[] {
  if (holds === 'longRow') throw tooLong(text, start, limits);
  try {
    const records = parse(text.subarray(start, end), {
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
    });
    if (holds === 'rows') return records as unknown as readonly CsvRecord[];
  } catch (error) {
    const { code, bytes } = error as CsvError & Info;
    // What it has counted last is the end of the cell before.
    const refusal = refusalOf(code, new Lines(text).lineAt(start + bytes));
    if (!refusal) throw error;
    if (holds === 'rows' || (code as string) !== NOT_CLOSED) throw refusal;
  }
  throw tooLong(text, start, limits);
}

function tooLong(text: Buffer, start: number, { maxRowBytes }: Reading['limits']): Error {
  const line = new Lines(text).lineAt(start);
  return wrongSource(`Line ${line} is of a row of more than ${maxRowBytes.toLocaleString('en')} bytes.`);
}

const NOT_CLOSED = 'CSV_QUOTE_NOT_CLOSED';

/** In our words, for the parser's repeat what is in the cells. */
function refusalOf(code: string, line: number): Error | undefined {
  switch (code) {
    case NOT_CLOSED:
      return wrongSource(`Line ${line} begins a quote that is not closed: the file seems to be cut off.`);
    case 'CSV_INVALID_CLOSING_QUOTE':
      return wrongSource(
        `Line ${line} begins a cell that goes on after its closing quote: double the quotes in it.`,
      );
    case 'INVALID_OPENING_QUOTE':
      return wrongSource(
        `Line ${line} has a quote in a cell that does not begin with one: put the cell in quotes, and double those in it.`,
      );
    default:
      return undefined;
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
