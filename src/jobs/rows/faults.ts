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

/**
 * Why a value of JSON is none of a type. The value is a row: what is wrong with the whole of it is said of "the row".
 *
 * @param most How many are looked for.
 */
export function faultsIn(value: unknown, type: GraphQLInputType, most: number): InputIssue[] {
  const search = new Search(most);
  search.look(value, type, []);
  return search.faults;
}

class Search {
  readonly faults: InputIssue[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  look(value: unknown, type: GraphQLInputType, path: Path): void {
    if (this.faults.length >= this.#most) return;
    if (isNonNullType(type)) {
      if (value == null) this.#tell(path, 'is required');
      else this.look(value, type.ofType, path);
    } else if (value == null) {
      return;
    } else if (isListType(type)) {
      // GraphQL takes what is no list for a list of one.
      if (!Array.isArray(value)) this.look(value, type.ofType, path);
      else for (const [at, item] of value.entries()) this.look(item, type.ofType, [...path, String(at)]);
    } else if (isInputObjectType(type)) {
      if (typeof value !== 'object' || Array.isArray(value)) this.#tell(path, 'must be an object');
      else this.#lookInto(value as Readonly<Record<string, unknown>>, type, path);
    } else if (!isOf(type, value)) {
      this.#tell(path, requirementOf(type));
    }
  }

  #lookInto(value: Readonly<Record<string, unknown>>, type: GraphQLInputObjectType, path: Path): void {
    const members = type.getFields();
    for (const member of Object.values(members)) {
      const given = Object.hasOwn(value, member.name) ? value[member.name] : undefined;
      if (given !== undefined) this.look(given, member.type, [...path, member.name]);
      else if (isRequiredInputField(member)) this.#tell([...path, member.name], 'is required');
    }
    for (const name of Object.keys(value)) {
      if (Object.hasOwn(members, name)) continue;
      this.#tell([...path, name], `is unknown: right would be one of ${Object.keys(members).join(', ')}`);
    }
    const given = Object.values(value);
    if (type.isOneOf && (given.length !== 1 || given[0] === null))
      this.#tell(path, `must have exactly one of ${Object.keys(members).join(', ')}`);
  }

  #tell(path: Path, requirement: string): void {
    if (this.faults.length >= this.#most) return;
    this.faults.push(
      path.length === 0 ? { path, message: `The row ${requirement}.` } : issueAt(path, requirement),
    );
  }
}

function isOf(type: GraphQLLeafType, value: unknown): boolean {
  try {
    return type.coerceInputValue(value) !== undefined;
  } catch {
    return false;
  }
}

function requirementOf(type: GraphQLLeafType): string {
  if (!isEnumType(type)) return `must be of type ${type.name}`;
  return `must be one of ${type
    .getValues()
    .map(({ name }) => name)
    .join(', ')}`;
}
