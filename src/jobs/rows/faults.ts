/** What GraphQL's input coercion finds wrong, in the words of this API and without repeating anybody's data. */
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import { type InputIssue, issueAt } from '../../errors.ts';

type Path = readonly string[];

/** What is right in a row that has faults. */
export interface Remains {
  /** The row without the members that are none of their type. What must be there and is not, is an empty object if it is one. */
  readonly value: object;
  /** Where something was given that is left out. */
  readonly leftOut: readonly Path[];
}

/**
 * Why a value of JSON is none of a type, and what is right in it. The value is a row: what is wrong with the whole of it is
 * said of "the row".
 *
 * @param most How many faults are looked for; what remains of a value that has so many is not told.
 */
export function faultsIn(
  value: object,
  type: GraphQLInputObjectType,
  most: number,
): { readonly faults: readonly InputIssue[]; readonly remains: Remains | undefined } {
  const search = new Search(most);
  const right = search.look(value, type, []);
  const { faults, leftOut } = search;
  const isWhole = typeof right === 'object' && right !== null && faults.length < most;
  return { faults, remains: isWhole ? { value: right, leftOut } : undefined };
}

/** Whether a path is another, or of something in what is there. */
export function isWithin(path: Path, other: Path): boolean {
  return other.every((part, at) => path[at] === part);
}

class Search {
  readonly faults: InputIssue[] = [];
  readonly leftOut: Path[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** @returns What is right in a value; undefined if nothing is. */
  look(value: unknown, type: GraphQLInputType, path: Path): unknown {
    if (this.faults.length >= this.#most) return undefined;
    if (isNonNullType(type)) {
      if (value == null) this.#tell(path, 'is required');
      const right = value == null ? undefined : this.look(value, type.ofType, path);
      return right ?? (isInputObjectType(type.ofType) ? {} : undefined);
    }
    if (value == null) return value;
    if (isListType(type)) return this.#lookAtList(value, type.ofType, path);
    if (isInputObjectType(type)) {
      if (typeof value !== 'object' || Array.isArray(value)) return this.#leaveOut(path, 'must be an object');
      return this.#lookInto(value as Readonly<Record<string, unknown>>, type, path);
    }
    return coerced(type, value) ?? this.#leaveOut(path, requirementOf(type));
  }

  #lookAtList(value: unknown, type: GraphQLInputType, path: Path): unknown {
    // Also those that are missing between others.
    if (Array.isArray(value))
      return Array.from(value, (item: unknown, at) => this.look(item, type, [...path, String(at)]));
    // GraphQL takes what is no list for a list of one.
    const before = this.faults.length;
    const item = this.look(value, type, path);
    if (this.faults.length === before) return [item];
    this.leftOut.push(path);
    return undefined;
  }

  #lookInto(value: Readonly<Record<string, unknown>>, type: GraphQLInputObjectType, path: Path): unknown {
    const members = type.getFields();
    const right: [string, unknown][] = [];
    for (const member of Object.values(members)) {
      const given = Object.hasOwn(value, member.name) ? value[member.name] : undefined;
      if (given === undefined && !isRequiredInputField(member)) continue;
      const held = this.look(given, member.type, [...path, member.name]);
      if (held !== undefined) right.push([member.name, held]);
    }
    const unknown = Object.keys(value).filter(name => !Object.hasOwn(members, name));
    // There may be thousands.
    for (const name of unknown.slice(0, this.#most))
      this.#leaveOut([...path, name], `is unknown: right would be one of ${Object.keys(members).join(', ')}`);
    const given = Object.entries(value).filter(([name]) => Object.hasOwn(members, name));
    if (type.isOneOf && (given.length !== 1 || given[0]?.[1] === null))
      return this.#leaveOut(path, `must have exactly one of ${Object.keys(members).join(', ')}`);
    return Object.fromEntries(right);
  }

  #leaveOut(path: Path, requirement: string): undefined {
    this.#tell(path, requirement);
    this.leftOut.push(path);
  }

  #tell(path: Path, requirement: string): void {
    if (this.faults.length >= this.#most) return;
    this.faults.push(
      path.length === 0 ? { path, message: `The row ${requirement}.` } : issueAt(path, requirement),
    );
  }
}

function coerced(type: GraphQLLeafType, value: unknown): unknown {
  try {
    return type.coerceInputValue(value);
  } catch {
    return undefined;
  }
}

function requirementOf(type: GraphQLLeafType): string {
  if (!isEnumType(type)) return `must be of type ${type.name}`;
  return `must be one of ${type
    .getValues()
    .map(({ name }) => name)
    .join(', ')}`;
}
