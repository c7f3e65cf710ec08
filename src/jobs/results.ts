/** What came of the rows of a job, as a file. */
import { encodeGlobalId } from '../schema/global-id.ts';
import type { Thing } from './job-kind.ts';
import type { RowRecord } from './job-store.ts';
import type { ResultsFormat } from './results-link.ts';
import { errorOf } from './row-error.ts';

/** So many rows are read at a time at most, and are in memory together. */
const PAGE_ROWS = 1_000;

/** Reads up to so many rows from behind a position; none when there are no more. */
type ReadRows = (limit: number, after: number) => Promise<readonly RowRecord[]>;

/** What is told of a row. */
interface Result {
  readonly position: number;
  readonly line: number | null;
  readonly outcome: string;
  readonly action: string | null;
  readonly thingId: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
}

const columns = [
  'position',
  'line',
  'outcome',
  'action',
  'thingId',
  'errorCode',
  'errorMessage',
  'issues',
] as const satisfies readonly (keyof Result)[];

/** The file in pieces, with the rows in their order. */
export async function* writeResults(format: ResultsFormat, read: ReadRows): AsyncGenerator<string, void> {
  const { head, write } = formats[format];
  if (head !== '') yield head;
  for (let after = -1; ; ) {
    const rows = await read(PAGE_ROWS, after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(row => write(resultOf(row))).join('');
    after = last.position;
  }
}

const formats: Readonly<
  Record<ResultsFormat, { readonly head: string; readonly write: (result: Result) => string }>
> = {
  // Without the mark, spreadsheets do not take it for UTF-8.
  csv: { head: `\uFEFF${columns.join(',')}\r\n`, write: csvLine },
  ndjson: { head: '', write: result => `${JSON.stringify(result)}\n` },
};

function resultOf({ position, line, state, action, thing, error }: RowRecord): Result {
  const { type, key } = (thing as Thing | null) ?? {};
  const known = error === null ? undefined : errorOf(error);
  return {
    position,
    line,
    outcome: state,
    action,
    thingId: type === undefined || key === undefined ? null : encodeGlobalId(type, key),
    errorCode: known?.code ?? null,
    errorMessage: known?.message ?? null,
    issues: issuesOf(known).map(({ path, message }) => ({ path: path.join('.'), message })),
  };
}

function issuesOf(
  error: object | undefined,
): readonly { readonly path: readonly string[]; readonly message: string }[] {
  return error && 'issues' in error ? (error.issues as ReturnType<typeof issuesOf>) : [];
}

function csvLine(result: Result): string {
  const issues = result.issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return `${columns.map(column => cellOf(column === 'issues' ? issues : result[column])).join(',')}\r\n`;
}

/** A text that a spreadsheet would take for a formula begins with an apostrophe: messages quote what others wrote. */
function cellOf(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
