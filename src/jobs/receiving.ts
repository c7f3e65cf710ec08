/** The rows of a job as they come: each is checked and written, and nothing is called. */
import { unsendableIn } from '../adapter/unsendable.ts';
import { ApiError, type InputIssue, InvalidInputError, inTerms, invalidInput } from '../errors.ts';
import type { Context } from '../schema/context.ts';
import { checkOnly, WouldCall } from './check-only.ts';
import { judgedIn } from './further-faults.ts';
import type { ImportKind, JobKind, Naming } from './job-kind.ts';
import type { JobStore } from './job-store.ts';
import { FEW_ROWS, type ManyRows } from './many-rows.ts';
import { NamedRows } from './named-rows.ts';
import { keptOf } from './row-error.ts';
import { rowText } from './row-text.ts';

/** A row as it comes: with its place in a file, and with what was found wrong with it, if something was. */
export interface GivenRow {
  readonly line: number | null;
  /** Without what is wrong; undefined if there is nothing else. */
  readonly value?: object | undefined;
  readonly faults?: readonly InputIssue[];
  /** Where something was given that is left out. */
  readonly leftOut?: readonly InputIssue['path'][];
}

/** A job that somebody asks for. */
export interface JobRequest {
  readonly kind: JobKind;
  readonly options: object;
  /** What asking for it takes, but for what its rows do. */
  readonly scopes: readonly string[];
  /** Absent if the job makes them itself. */
  readonly rows?: AsyncIterable<GivenRow>;
  readonly dryRun: boolean;
  /** Whether rows with faults are left out, instead of having nothing done. */
  readonly skipInvalid: boolean;
  readonly key: string | undefined;
  /** What a repeat under the same key must have in common. */
  readonly input: unknown;
}

/** So many rows are written at a time, or so many characters of them with what is wrong with them. */
const ROWS_AT_A_TIME = 1_000;
const CHARACTERS_AT_A_TIME = 1_048_576;

/** How many faults of a row are kept, and how many characters of them: names of members may be as long as the row. */
const MOST_FAULTS = 20;
const MOST_CHARACTERS = 4_096;
const LONGEST_NAME = 200;
const LONGEST_MESSAGE = 1_000;

/**
 * Writes the rows of a job that is received; how many there are, how many have faults, and which scopes all took.
 *
 * @param manyRows Has those that have many wait for their turn.
 */
export async function receiveRows(
  { store, manyRows }: { readonly store: JobStore; readonly manyRows: ManyRows },
  id: string,
  { rows, kind, options, scopes }: JobRequest,
  context: Context,
): Promise<{ readonly count: number; readonly invalid: number; readonly scopes: readonly string[] }> {
  let count = 0;
  let invalid = 0;
  let next: string[] = [];
  let characters = 0;
  let leave: (() => void) | undefined;
  const write = async () => {
    await store.add(id, next);
    next = [];
    characters = 0;
  };
  const named = new NamedRows();
  const taken = new Set(scopes);
  context.memory = checkOnly;
  context.takenScopes = taken;
  try {
    for await (const given of rows ?? []) {
      const repeats = (identity: readonly Naming[]) =>
        named.issuesOf(identity, given.line === null ? `row ${count}` : `line ${given.line}`);
      const error = await faultOf(kind as ImportKind, given, options, context, repeats);
      const kept = error ? { error: keptOf(error) } : { input: given.value ?? {} };
      const text = rowText(count, { line: given.line, ...kept });
      next.push(text);
      count += 1;
      characters += text.length;
      if (error) invalid += 1;
      if (count === FEW_ROWS) leave = await manyRows.enter(context.principal.id);
      if (next.length === ROWS_AT_A_TIME || characters >= CHARACTERS_AT_A_TIME) await write();
    }
    if (next.length > 0) await write();
  } finally {
    leave?.();
    context.memory = undefined;
    context.takenScopes = undefined;
  }
  return { count, invalid, scopes: [...taken] };
}

/**
 * All that is wrong with a row, as far as can be told without calling AWS.
 *
 * @param repeats Tells what it names that others have named.
 */
async function faultOf(
  kind: ImportKind,
  given: GivenRow,
  options: object,
  context: Context,
  repeats: (identity: readonly Naming[]) => readonly InputIssue[],
): Promise<ApiError | undefined> {
  const { value: row, faults = [] } = given;
  if (!row) return keptError(faults);
  const isJudged = judgedIn(given);
  const repeated = repeats(kind.identity(row).filter(({ at }) => at.every(isJudged)));
  // The check looks at what it would send: not at the names of users and groups that have to be looked up.
  const unsendable = unsendableIn(row).issues.filter(({ path }) => isJudged(path));
  const issues = [...faults, ...repeated, ...unsendable];
  try {
    await inTerms(kind.check(row, options, context), kind.moves?.(row) ?? []);
  } catch (error) {
    if (error instanceof InvalidInputError)
      issues.push(...othersIn(error, unsendable).filter(({ path }) => isJudged(path)));
    else if (!(error instanceof ApiError || error instanceof WouldCall)) throw error;
    // What keeps the caller from doing it, nothing in the row puts right.
    else if (error instanceof ApiError && faults.length + repeated.length === 0) return error;
  }
  return issues.length > 0 ? keptError(issues) : undefined;
}

/** The error of a row for these, which tells how many are not kept. */
function keptError(issues: readonly InputIssue[]): ApiError {
  const kept = keptIn(issues);
  return invalidInput(kept, issues.length - kept.length);
}

/** The first of them. */
function keptIn(issues: readonly InputIssue[]): readonly InputIssue[] {
  const kept: InputIssue[] = [];
  let characters = 0;
  for (const issue of issues.slice(0, MOST_FAULTS)) {
    const path = issue.path.map(name => beginning(name, LONGEST_NAME));
    const short = { ...issue, path, message: beginning(issue.message, LONGEST_MESSAGE) };
    characters += JSON.stringify(short).length;
    if (kept.length > 0 && characters > MOST_CHARACTERS) break;
    kept.push(short);
  }
  return kept;
}

function beginning(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** The issues of an error at other places. */
function othersIn({ issues }: InvalidInputError, told: readonly InputIssue[]): readonly InputIssue[] {
  const places = new Set(told.map(({ path }) => JSON.stringify(path)));
  return issues.filter(({ path }) => !places.has(JSON.stringify(path)));
}
