/** A row as GraphQL's input coercion makes it, or what is wrong with it. */
import { coerceInputValue, type GraphQLInputObjectType } from 'graphql';
import { type InputIssue, issueAt } from '../../errors.ts';
import { faultsIn, isWithin, type Remains } from './faults.ts';

/** What a file may have. */
export interface ReadLimits {
  /** Rows in all. */
  readonly maxRows: number;
  /** Bytes of a row. */
  readonly maxRowBytes: number;
  /** How many faults of a row are told. */
  readonly maxFaults: number;
}

/**
 * A user whose every text is as long as AWS takes it has some 40,000 characters, which UTF-8 writes with up to three bytes each in
 * nearly all scripts; most have less than a thousand bytes.
 */
export const DEFAULT_LIMITS: ReadLimits = { maxRows: 100_000, maxRowBytes: 131_072, maxFaults: 100 };

/** What is read, for whom, and as what. */
export interface Reading {
  readonly text: Buffer;
  readonly type: GraphQLInputObjectType;
  readonly principal: string;
  readonly limits: ReadLimits;
  readonly needsEnd: NeedsEnd;
}

/**
 * Whether the last row of a file counts only if its line has an end: without one, nobody can tell whether its last cell is
 * whole. Of a row whose last cell is empty, it is asked as if something had stood there.
 */
export type NeedsEnd = (row: object) => boolean;

/** Something that is wrong with a row. */
export interface RowFault extends InputIssue {
  /** The column that it is in; null when it is in none, or the file has no columns. */
  readonly column: string | null;
}

/** A row of a source, with where it stands there. */
export interface SourceRow {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  /** The row as GraphQL's input coercion makes it; undefined when it has faults. */
  readonly value: object | undefined;
  readonly faults: readonly RowFault[];
  /** What is right in a row that has faults, to look for further ones; undefined when nothing can be told of it. */
  readonly remains?: Remains | undefined;
}

/** Tells the column of a member, if there is one. */
export type ColumnAt = (path: readonly string[]) => string | null;

/** A row as it was read. */
export interface RawRow {
  readonly line: number;
  /** What JSON says in its place. */
  readonly raw: object;
  /** What was found wrong with it already. */
  readonly known?: readonly InputIssue[];
}

/** Coerces a row. */
export function rowOf(
  { type, limits }: Reading,
  { line, raw, known = [] }: RawRow,
  columnAt: ColumnAt = noColumn,
): SourceRow {
  const value = coerceInputValue(raw, type) as object | undefined;
  if (value !== undefined && known.length === 0) return { line, value, faults: [] };
  const { faults, remains } = faultsIn(raw, type, limits.maxFaults);
  const told = known.slice(0, limits.maxFaults);
  const further = faults.filter(({ path }) => !told.some(each => isWithin(path, each.path)));
  return { ...brokenRow(line, [...told, ...further].slice(0, limits.maxFaults), columnAt), remains };
}

/** A row with faults. */
export function brokenRow(
  line: number,
  issues: readonly InputIssue[],
  columnAt: ColumnAt = noColumn,
): SourceRow {
  const faults = issues.map(issue => Object.assign(issue, { column: columnAt(issue.path) }));
  return { line, value: undefined, faults };
}

/** A row that is not looked into. */
export function tooLongRow(line: number, { maxRowBytes }: ReadLimits): SourceRow {
  return brokenRow(line, [wrongRow(`The row must have at most ${maxRowBytes.toLocaleString('en')} bytes.`)]);
}

function noColumn(): null {
  return null;
}

/** What is wrong with a row as a whole. */
export function wrongRow(message: string): InputIssue {
  return { path: [], message };
}

/** What is wrong with an object that has two members of a name. */
export function doubledAt(path: readonly (string | number)[]): InputIssue {
  return issueAt(path.map(String), 'is there more than once');
}
