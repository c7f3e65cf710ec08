/** NDJSON: one JSON object a line, read as the gateway reads requests. */
import type { InputIssue } from '../../errors.ts';
import { readExactly } from '../../json/exact-reading.ts';
import { turns } from '../../turns.ts';
import { brokenRow, doubledAt, type Reading, rowOf, type SourceRow, wrongRow } from './row.ts';
import { wrongSource } from './text.ts';

const LF = 10;

export async function* readNdjson(reading: Reading): AsyncGenerator<SourceRow, void> {
  const { text, principal, limits } = reading;
  const last = endOfContent(text);
  if (last === 0) throw wrongSource('The source is empty.');
  let rows = 0;
  for (let line = 1, start = 0, end = 0; start < last; line += 1, start = end + 1) {
    const next = text.indexOf(LF, start);
    end = next < 0 ? text.length : next;
    if (end - start > limits.maxRowBytes) {
      throw wrongSource(`Line ${line} is longer than ${limits.maxRowBytes.toLocaleString('en')} bytes.`);
    }
    const json = text.toString('utf8', start, end);
    if (json.trim() === '') continue;
    rows += 1;
    if (rows > limits.maxRows) {
      throw wrongSource(`The source has more than ${limits.maxRows.toLocaleString('en')} rows.`);
    }
    await turns.take(principal);
    yield rowAt(reading, line, json, end >= last);
  }
}

function rowAt(reading: Reading, line: number, json: string, isLast: boolean): SourceRow {
  try {
    const known: InputIssue[] = [];
    const raw = readExactly(json, path => void known.push(doubledAt(path)));
    if (typeof raw === 'object' && raw !== null && !Array.isArray(raw))
      return rowOf(reading, { line, raw, known });
    return brokenRow(line, [wrongRow('The line must be a JSON object.')]);
  } catch (error) {
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
