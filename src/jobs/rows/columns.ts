/** The columns of a file of CSV: each names a member of the rows by its path, such as `emails.0.value`. */
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { InputIssue } from '../../errors.ts';
import { cellValue } from './cell.ts';
import type { ColumnAt } from './row.ts';
import { wrongSource } from './text.ts';

/** A member that has a column, or that others have columns of. */
interface Member {
  readonly path: readonly string[];
  /** An object and a list have members, by their names and numbers. */
  readonly members: Map<string, Member>;
  readonly isList: boolean;
  /** What has a column of its own. */
  leaf?: { readonly type: GraphQLLeafType; readonly cell: number };
}

/** A header that names members of a type. */
export class Columns {
  readonly #names: readonly string[];
  readonly #root: Member = { path: [], members: new Map(), isList: false };
  /** The first column of each member, and of what is in it. */
  readonly #firsts = new Map<string, string>();

  /**
   * @param names The cells of the header.
   * @param most How many faults are told.
   * @throws InvalidInputError with an issue for each column that is wrong.
   */
  constructor(names: readonly string[], type: GraphQLInputObjectType, most: number) {
    this.#names = names;
    const seen = new Set<string>();
    const flawOf = (name: string, cell: number) => {
      if (name === '') return `Column ${cell + 1} has no name.`;
      if (seen.has(name)) return `The column ${JSON.stringify(name)} is there more than once.`;
      seen.add(name);
      return this.#add(name, cell, type);
    };
    const flaws: string[] = [];
    for (const [cell, name] of names.entries()) {
      if (flaws.length >= most) break;
      const flaw = flawOf(name, cell);
      if (flaw !== undefined) flaws.push(flaw);
    }
    flaws.push(...gapsIn(this.#root));
    if (flaws.length > 0) throw wrongSource(...flaws.slice(0, most));
  }

  get count(): number {
    return this.#names.length;
  }

  /** What JSON says in the place of a row's cells; undefined when all are empty. */
  rawOf(cells: readonly string[], known: InputIssue[]): object | undefined {
    return valueOf(this.#root, cells, known) as object | undefined;
  }

  /**
   * What a row may be whose last cell may have been cut off: with something in that cell, if there is nothing.
   *
   * @param value The row as it is.
   */
  asIfWhole(cells: readonly string[], value: object): object {
    return cells.at(-1) === '' ? { ...value, ...this.rawOf([...cells.slice(0, -1), '…'], []) } : value;
  }

  /** The column of a member, or the first one of what is in it; of what is in the JSON of a cell, that of the cell. */
  readonly columnAt: ColumnAt = path => {
    for (let length = path.length; length > 0; length -= 1) {
      const part = path.slice(0, length).join('.');
      const first = this.#firsts.get(part);
      if (first !== undefined && (length === path.length || first === part)) return first;
    }
    return null;
  };

  /** @returns What is wrong with the column. */
  #add(name: string, cell: number, type: GraphQLInputObjectType): string | undefined {
    let member = this.#root;
    let here: GraphQLInputType = type;
    for (const part of name.split('.')) {
      const below = typeBelow(here, part);
      if (!below) return unknown(name, member.path, here);
      here = below;
      const next = member.members.get(part) ?? {
        path: [...member.path, part],
        members: new Map(),
        isList: isListType(here),
      };
      member.members.set(part, next);
      const within = next.path.join('.');
      if (!this.#firsts.has(within)) this.#firsts.set(within, name);
      member = next;
    }
    if (!isLeafType(here)) return unknown(name, member.path, here);
    member.leaf = { type: here, cell };
    return undefined;
  }
}

/** The type of a member of an object or a list, by its name or number; without its exclamation mark. */
function typeBelow(type: GraphQLInputType, part: string): GraphQLInputType | undefined {
  if (isListType(type)) return /^(?:0|[1-9]\d*)$/.test(part) ? nullable(type.ofType) : undefined;
  if (!isInputObjectType(type)) return undefined;
  const member = new Map(Object.entries(type.getFields())).get(part);
  return member && nullable(member.type);
}

function nullable(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) ? type.ofType : type;
}

function unknown(name: string, path: readonly string[], type: GraphQLInputType): string {
  const right = alternatives(path, type);
  return `The column ${JSON.stringify(name)} is unknown: right would be ${right.length === 1 ? '' : 'one of '}${right.join(', ')}.`;
}

/** The columns that there can be within a member; an ellipsis stands for what is within them. */
function alternatives(path: readonly string[], type: GraphQLInputType): string[] {
  const name = path.join('.');
  if (isListType(type)) return alternatives([...path, '0'], nullable(type.ofType));
  if (!isInputObjectType(type)) return [name];
  return Object.values(type.getFields()).map(member => {
    const here = [...path, member.name];
    let inner: GraphQLInputType = nullable(member.type);
    while (isListType(inner)) {
      here.push('0');
      inner = nullable(inner.ofType);
    }
    return [...here, ...(isInputObjectType(inner) ? ['…'] : [])].join('.');
  });
}

/** The lists that have a number without those before it. */
function gapsIn({ path, members, isList }: Member): string[] {
  const gaps = [...members.values()].flatMap(gapsIn);
  const missing = [...members.keys()].findIndex((_, at) => !members.has(String(at)));
  if (!isList || missing < 0) return gaps;
  const name = path.join('.');
  return [
    `The columns of ${name} leave a gap: there is none of ${name}.${missing}, and some with a higher number.`,
    ...gaps,
  ];
}

function valueOf(
  { path, members, isList, leaf }: Member,
  cells: readonly string[],
  known: InputIssue[],
): unknown {
  if (leaf) return cellValue(cells[leaf.cell] ?? '', leaf.type, path, known);
  const held: [string, unknown][] = [];
  for (const [name, member] of members) {
    const value = valueOf(member, cells, known);
    if (value !== undefined) held.push([name, value]);
  }
  if (held.length === 0) return undefined;
  return isList ? listOf(held) : Object.fromEntries(held);
}

/** What is missing before an item stays so: most lists do not take it, and say so. */
function listOf(items: readonly [string, unknown][]): unknown[] {
  const list: unknown[] = [];
  for (const [at, item] of items) list[Number(at)] = item;
  return list;
}
