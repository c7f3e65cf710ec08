/** NDJSON: one JSON object a line, read as the gateway reads requests. */
import type { InputIssue } from '../../errors.ts';
import { excessWords, readBounded, TooMuchJson } from '../../json/bounded-reading.ts';
import { turns } from '../../turns.ts';
import { brokenRow, doubledAt, type Reading, rowOf, type SourceRow, tooLongRow, wrongRow } from './row.ts';
import { tooManyRows, wrongSource } from './text.ts';

const LF = 10;

/** So many lines may be blank before others have a turn. */
const LINES_OF_A_TURN = 10_000;

export async function* readNdjson(reading: Reading): AsyncGenerator<SourceRow, void> {
  const { text, principal, limits } = reading;
  const last = endOfContent(text);
  if (last === 0) throw wrongSource('The source is empty.');
  let rows = 0;
  for (let line = 1, start = 0, end = 0; start < last; line += 1, start = end + 1) {
    if (line % LINES_OF_A_TURN === 0) await turns.take(principal);
    const next = text.indexOf(LF, start);
    end = next < 0 ? text.length : next;
    const isTooLong = end - start > limits.maxRowBytes;
    const json = text.subarray(start, end);
    if (!isTooLong && json.every(isBlank)) continue;
    rows += 1;
    if (rows > limits.maxRows) throw wrongSource(tooManyRows(limits.maxRows));
    await turns.take(principal);
    yield isTooLong ? tooLongRow(line, limits) : rowAt(reading, line, json, end >= last);
  }
}

function rowAt(reading: Reading, line: number, json: Buffer, isLast: boolean): SourceRow {
  try {
    const known: InputIssue[] = [];
    const raw = readBounded(json, path => void known.push(doubledAt(path)));
    if (typeof raw === 'object' && raw !== null && !Array.isArray(raw))
      return rowOf(reading, { line, raw, known });
    return brokenRow(line, [wrongRow('The line must be a JSON object.')]);
  } catch (error) {
    if (error instanceof TooMuchJson)
      return brokenRow(line, [wrongRow(`The line has ${excessWords(error.excess)}.`)]);
    if (!(error instanceof SyntaxError)) throw error;
    if (!isLast) return brokenRow(line, [wrongRow('The line is no JSON.')]);
    throw wrongSource(`Line ${line}, the last one, is no complete JSON: the file seems to be cut off.`);
  }
}

/** Where the last line ends that is not blank. */
function endOfContent(text: Buffer): number {
  let end = text.length;
  while (end > 0 && isBlank(text[end - 1])) end -= 1;
  return end;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
