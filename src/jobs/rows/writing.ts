/**
 * Writes rows so that {@link readRows} reads them back equal.
 *
 * A cell is put in quotes where it needs them, and also where it begins with what a spreadsheet takes for a formula (=, +,
 * -, @, a tab). It is not altered, since it would be read back altered: the quotes keep no spreadsheet from calculating,
 * and whoever opens a file of others' data in one should have its columns read as texts.
 */
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { turns } from '../../turns.ts';
import { cellText } from './cell.ts';

/** What a piece of text has at least, but for the last. */
const PIECE_CHARACTERS = 65_536;

type Rows = Iterable<object> | AsyncIterable<object>;
type Cells = Map<string, string>;

/**
 * The columns that rows need, in the order of the type's members: for {@link writeCsv}, which has to know them before the
 * first row.
 */
export async function columnsOf(
  rows: Rows,
  type: GraphQLInputObjectType,
  principal: string,
): Promise<string[]> {
  const columns = new Set<string>();
  for await (const row of rows) {
    await turns.take(principal);
    for (const column of cellsOf(row, type).keys()) columns.add(column);
  }
  return [...columns].toSorted(inOrderOf(type));
}

/**
 * Rows as CSV, in pieces of text. What is null, an empty text or an empty list has an empty cell, which is read as absent;
 * a row that has nothing else is read as a blank line.
 *
 * @throws Error for a row that needs another column.
 */
export async function* writeCsv(
  rows: Rows,
  columns: readonly string[],
  type: GraphQLInputObjectType,
  principal: string,
): AsyncGenerator<string, void> {
  yield* inPieces(csvLines(rows, columns, type), principal);
}

/** Rows as NDJSON, in pieces of text. */
export async function* writeNdjson(
  rows: Rows,
  type: GraphQLInputObjectType,
  principal: string,
): AsyncGenerator<string, void> {
  yield* inPieces(jsonLines(rows, type), principal);
}

async function* inPieces(lines: AsyncIterable<string>, principal: string): AsyncGenerator<string, void> {
  let piece = '';
  for await (const line of lines) {
    await turns.take(principal);
    piece += line;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

async function* csvLines(
  rows: Rows,
  columns: readonly string[],
  type: GraphQLInputObjectType,
): AsyncGenerator<string, void> {
  const known = new Set(columns);
  yield lineOf(columns);
  for await (const row of rows) {
    const cells = cellsOf(row, type);
    for (const column of cells.keys())
      if (!known.has(column)) throw new Error(`There is no column ${column}.`);
    yield lineOf(columns.map(column => cells.get(column) ?? ''));
  }
}

async function* jsonLines(rows: Rows, type: GraphQLInputObjectType): AsyncGenerator<string, void> {
  for await (const row of rows) yield `${JSON.stringify(jsonOf(row, type))}\n`;
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]|^[\s=+\-@]|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The cells of a row that are not empty, by their columns. */
function cellsOf(row: object, type: GraphQLInputObjectType): Cells {
  const cells: Cells = new Map();
  fill(cells, row, type, '');
  return cells;
}

function fill(cells: Cells, value: unknown, type: GraphQLInputType, column: string): void {
  if (value == null) return;
  if (isNonNullType(type)) fill(cells, value, type.ofType, column);
  else if (isLeafType(type)) {
    const text = cellText(value, type);
    if (text !== '') cells.set(column, text);
  } else if (isListType(type)) {
    for (const [at, item] of (value as readonly unknown[]).entries())
      fill(cells, item, type.ofType, `${column}.${at}`);
  } else {
    for (const { name, type: inner } of Object.values(type.getFields())) {
      fill(
        cells,
        (value as Readonly<Record<string, unknown>>)[name],
        inner,
        column === '' ? name : `${column}.${name}`,
      );
    }
  }
}

/** What JSON says of a value. */
function jsonOf(value: unknown, type: GraphQLInputType): unknown {
  if (value == null) return value;
  if (isNonNullType(type)) return jsonOf(value, type.ofType);
  if (isLeafType(type)) return type.coerceOutputValue(value);
  if (isListType(type)) return (value as readonly unknown[]).map(item => jsonOf(item, type.ofType));
  const held = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.values(type.getFields()).map(({ name, type: inner }) => [name, jsonOf(held[name], inner)]),
  );
}

/** Compares columns as the type has its members, and lists their items. */
function inOrderOf(type: GraphQLInputObjectType): (one: string, other: string) => number {
  const rank = (column: string): readonly number[] => {
    let here: GraphQLInputType | undefined = type;
    return column.split('.').map(part => {
      while (isNonNullType(here)) here = here.ofType;
      if (isListType(here)) {
        here = here.ofType;
        return Number(part);
      }
      const members = isLeafType(here) || !here ? [] : Object.values(here.getFields());
      const at = members.findIndex(({ name }) => name === part);
      here = members[at]?.type;
      return at;
    });
  };
  return (one, other) => {
    const ranks = rank(other);
    const differences = rank(one).map((each, at) => each - (ranks[at] ?? -1));
    return differences.find(difference => difference !== 0) ?? 0;
  };
}
