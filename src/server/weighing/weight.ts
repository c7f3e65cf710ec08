/** What an operation weighs, told before it is executed: how many values its answer can have, or what else a scale counts. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  type InlineFragmentNode,
  isCompositeType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { pageLength } from '../../schema/connection.ts';
import { introspectionLengths } from './introspection-lengths.ts';

/** How many things may be wrong with an input: twice as many are kept of each row of a job, if they are told in few words. */
const ISSUES = 10;

/** The lists without an argument that are longer than one as a rule, and how long they are taken to be. */
const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['InvalidInputError.issues', ISSUES],
  ['InputIssue.path', 3],
]);

/**
 * The fields of which one value is as long as many: a text tells all issues (what is wrong with other errors is one thing), and the
 * ids of an event are those of a whole batch.
 */
const LONG: ReadonlySet<string> = new Set([
  'Error.message',
  'InvalidInputError.message',
  'AuditEvent.nativeIds',
]);

/** How many values one of these counts as. */
const LONG_VALUES = 10;

type Variables = Readonly<Record<string, unknown>>;

/** How long a list is; a function where a variable says it. */
export type Length = number | ((variables: Variables) => number);

/** A number: of what does not depend on variables, and of the entries of lists. */
export interface Weight {
  readonly fixed: number;
  readonly lists: readonly { readonly length: Length; readonly each: Weight }[];
}

/** One, whatever the variables are. */
export const one: Weight = { fixed: 1, lists: [] };

/** What is counted. */
export interface Scale {
  /** What each entry of a list, or a single value, counts by itself. */
  readonly entry: Weight;
  /** What a field counts by itself, however long it is. */
  once(
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    parent: GraphQLCompositeType,
    weighing: Weighing,
  ): Weight;
  /**
   * What the fields that are selected of one object count together.
   *
   * @param within The coordinate of the operation that the object comes from.
   */
  selected(fields: readonly GraphQLField<unknown, unknown>[], within: string | undefined): Weight;
  /** Whether what is below the field comes from it. */
  isOperation(coordinate: string): boolean;
  /** How long the lists are that the object of a field has itself; undefined where each tells its own length. */
  entriesBelow?(coordinate: string, node: FieldNode, weighing: Weighing): Length | undefined;
}

const zero: Weight = { fixed: 0, lists: [] };

/** Counts the values of the answer. */
const ofValues: Scale = {
  entry: one,
  once: () => zero,
  selected: () => zero,
  isOperation: () => false,
};

/** How much an operation weighs at most. */
export type Weigh = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables | undefined,
) => number;

const none: Variables = {};

/**
 * What weighs the operations of a schema: each field counts as often as the lists around it are long. The page of a
 * connection has the length that `first` asks for, a list of what was asked for by a list has the length of that, and
 * another list counts as one: AWS's are short. What may be wrong with an input counts as ten, also in the message of an
 * error, which tells all of it, and where each is as three. What depends on the document alone is found out once for each operation.
 */
export function createWeigh(schema: GraphQLSchema, scale: Scale = ofValues): Weigh {
  const known = new WeakMap<OperationDefinitionNode, Weight>();
  const ofSchema = introspectionLengths(schema);
  return (document, operation, variables) => {
    let weight = known.get(operation);
    if (!weight) {
      weight = new Weighing({ schema, scale, ofSchema }, document, operation).weight;
      known.set(operation, weight);
    }
    return weight.lists.length === 0 ? weight.fixed : total(weight, variables ?? none);
  };
}

function total({ fixed, lists }: Weight, variables: Variables): number {
  let values = fixed;
  for (const { length, each } of lists) {
    values += (typeof length === 'number' ? length : length(variables)) * total(each, variables);
  }
  return values;
}

export function sum(weights: readonly Weight[]): Weight {
  return {
    fixed: weights.reduce((fixed, weight) => fixed + weight.fixed, 0),
    lists: weights.flatMap(({ lists }) => lists),
  };
}

export function times(length: Length, each: Weight): Weight {
  if (typeof length === 'number' && each.lists.length === 0) return { fixed: length * each.fixed, lists: [] };
  return { fixed: 0, lists: [{ length, each }] };
}

/** Where fields are selected. */
interface Place {
  /** How long the lists among the fields are, if it is known of all: in a connection, as long as its page. */
  readonly entries?: Length | undefined;
  /** The coordinate of the operation that they come from. */
  readonly within?: string | undefined;
}

/** Weighs one operation. */
export class Weighing {
  readonly weight: Weight;
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #defaults: ReadonlyMap<string, unknown>;
  readonly #ofSchema: ReadonlyMap<string, number>;
  readonly #scale: Scale;

  constructor(
    {
      schema,
      scale,
      ofSchema,
    }: { schema: GraphQLSchema; scale: Scale; ofSchema: ReadonlyMap<string, number> },
    { definitions }: DocumentNode,
    { operation, selectionSet, variableDefinitions = [] }: OperationDefinitionNode,
  ) {
    this.#scale = scale;
    this.#schema = schema;
    this.#ofSchema = ofSchema;
    const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(
      (fragments as FragmentDefinitionNode[]).map(fragment => [fragment.name.value, fragment]),
    );
    this.#defaults = new Map(
      variableDefinitions.map(({ variable, defaultValue }) => [
        variable.name.value,
        defaultValue && valueFromASTUntyped(defaultValue),
      ]),
    );
    const root = schema.getRootType(operation);
    this.weight = root ? this.#selections(selectionSet, root) : sum([]);
  }

  #selections(selectionSet: SelectionSetNode, type: GraphQLCompositeType, place: Place = {}): Weight {
    const weights: Weight[] = [];
    const fields: GraphQLField<unknown, unknown>[] = [];
    const spread = new Set<string>();
    const add = (selections: readonly SelectionNode[], on: GraphQLCompositeType) => {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          const field = this.#schema.getField(on, selection.name.value);
          // Validation refuses fields that do not exist.
          if (!field) continue;
          fields.push(field);
          weights.push(this.#field(field, selection, on, place));
        } else if (selection.kind === Kind.INLINE_FRAGMENT) addFragment(selection, on);
        else {
          const fragment = this.#fragments.get(selection.name.value);
          // Like everything that is selected twice, a fragment has one result.
          if (fragment && !spread.has(fragment.name.value)) {
            spread.add(fragment.name.value);
            addFragment(fragment, on);
          }
        }
      }
    };
    const addFragment = (fragment: InlineFragmentNode | FragmentDefinitionNode, on: GraphQLCompositeType) => {
      const {
        typeCondition,
        selectionSet: { selections },
      } = fragment;
      const condition = typeCondition && typeFromAST(this.#schema, typeCondition);
      add(selections, isCompositeType(condition) ? condition : on);
    };
    add(selectionSet.selections, type);
    weights.push(this.#scale.selected(fields, place.within));
    return sum(weights);
  }

  #field(
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    parent: GraphQLCompositeType,
    { entries, within }: Place,
  ): Weight {
    const type = getNamedType(field.type);
    const inner = node.selectionSet && isCompositeType(type);
    const coordinate = `${parent.name}.${field.name}`;
    const below = {
      entries: this.#page(field, node) ?? this.#scale.entriesBelow?.(coordinate, node, this),
      within: this.#scale.isOperation(coordinate) ? coordinate : within,
    };
    const { entry } = this.#scale;
    const each = inner ? sum([entry, this.#selections(node.selectionSet, type, below)]) : entry;
    const all = isListType(getNullableType(field.type))
      ? times(entries ?? this.#length(field, node, parent), each)
      : times(LONG.has(coordinate) ? LONG_VALUES : 1, each);
    return sum([this.#scale.once(field, node, parent, this), all]);
  }

  #page({ args }: GraphQLField<unknown, unknown>, node: FieldNode): Length | undefined {
    if (!args.some(({ name }) => name === 'first')) return undefined;
    return this.measured(node, 'first', pageLength);
  }

  /** What a function makes of an argument, if need be of the variable that it is. */
  measured(node: FieldNode, name: string, measure: (value: unknown) => number): Length {
    return this.#measured(argument(node, name), measure);
  }

  /** The same of a member of an argument that is an input. */
  memberMeasured(node: FieldNode, name: string, member: string, measure: (value: unknown) => number): Length {
    const given = argument(node, name);
    if (given?.kind !== Kind.OBJECT) {
      return this.#measured(given, input =>
        measure((input as Readonly<Record<string, unknown>> | null | undefined)?.[member]),
      );
    }
    return this.#measured(given.fields.find(field => field.name.value === member)?.value, measure);
  }

  #length(
    { name, args }: GraphQLField<unknown, unknown>,
    node: FieldNode,
    parent: GraphQLCompositeType,
  ): Length {
    const asked = args.find(({ type }) => isListType(getNullableType(type)));
    if (asked) return this.#measured(argument(node, asked.name), lengthOf);
    const coordinate = `${parent.name}.${name}`;
    return this.#ofSchema.get(coordinate) ?? LENGTHS.get(coordinate) ?? 1;
  }

  #measured(value: ValueNode | undefined, measure: (value: unknown) => number): Length {
    if (value?.kind !== Kind.VARIABLE) return measure(value && valueOf(value));
    const { value: name } = value.name;
    const fallback = this.#defaults.get(name);
    return variables => measure(variables[name] === undefined ? fallback : variables[name]);
  }
}

function argument({ arguments: given = [] }: FieldNode, name: string): ValueNode | undefined {
  return given.find(each => each.name.value === name)?.value;
}

/** A literal as JavaScript has it; entries of a list that are variables are entries all the same. */
function valueOf(value: ValueNode): unknown {
  return value.kind === Kind.LIST ? value.values : valueFromASTUntyped(value);
}

/** A value that is not a list stands for a list of it. */
export function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 1;
}
