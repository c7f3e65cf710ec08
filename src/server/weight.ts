/** How many values the answer to an operation can have, told before it is executed. */
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
import { pageLength } from '../schema/connection.ts';
import { introspectionLengths } from './introspection-lengths.ts';

type Variables = Readonly<Record<string, unknown>>;

/** How long a list is; a function where a variable says it. */
type Length = number | ((variables: Variables) => number);

/** The number of values: some that do not depend on variables, and those of the entries of lists. */
interface Weight {
  readonly fixed: number;
  readonly lists: readonly { readonly length: Length; readonly each: Weight }[];
}

/** The most values that the answer to an operation has. */
export type Weigh = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables | undefined,
) => number;

const none: Variables = {};

/**
 * What weighs the operations of a schema: each field counts as often as the lists around it are long. The page of a
 * connection has the length that `first` asks for, a list of what was asked for by a list has the length of that, and
 * another list counts as one: AWS's are short. What depends on the document alone is found out once for each operation.
 */
export function createWeigh(schema: GraphQLSchema): Weigh {
  const known = new WeakMap<OperationDefinitionNode, Weight>();
  const ofSchema = introspectionLengths(schema);
  return (document, operation, variables) => {
    let weight = known.get(operation);
    if (!weight) {
      weight = new Weighing(schema, document, operation, ofSchema).weight;
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

function sum(weights: readonly Weight[]): Weight {
  return {
    fixed: weights.reduce((fixed, weight) => fixed + weight.fixed, 0),
    lists: weights.flatMap(({ lists }) => lists),
  };
}

function times(length: Length, each: Weight): Weight {
  if (typeof length === 'number' && each.lists.length === 0) return { fixed: length * each.fixed, lists: [] };
  return { fixed: 0, lists: [{ length, each }] };
}

/** Weighs one operation. */
class Weighing {
  readonly weight: Weight;
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #defaults: ReadonlyMap<string, unknown>;
  readonly #ofSchema: ReadonlyMap<string, number>;

  constructor(
    schema: GraphQLSchema,
    { definitions }: DocumentNode,
    { operation, selectionSet, variableDefinitions = [] }: OperationDefinitionNode,
    ofSchema: ReadonlyMap<string, number>,
  ) {
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

  /** @param page How long the page is, if these are the fields of a connection. */
  #selections(selectionSet: SelectionSetNode, type: GraphQLCompositeType, page?: Length): Weight {
    const weights: Weight[] = [];
    const spread = new Set<string>();
    const add = (selections: readonly SelectionNode[], on: GraphQLCompositeType) => {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) weights.push(this.#field(selection, on, page));
        else if (selection.kind === Kind.INLINE_FRAGMENT) addFragment(selection, on);
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
    return sum(weights);
  }

  #field(node: FieldNode, parent: GraphQLCompositeType, page: Length | undefined): Weight {
    const field = this.#schema.getField(parent, node.name.value);
    // Validation refuses fields that do not exist.
    if (!field) return sum([]);
    const type = getNamedType(field.type);
    const inner = node.selectionSet && isCompositeType(type);
    const own = { fixed: 1, lists: [] };
    const each = inner ? sum([own, this.#selections(node.selectionSet, type, this.#page(field, node))]) : own;
    if (!isListType(getNullableType(field.type))) return each;
    return times(page ?? this.#length(field, node, parent), each);
  }

  #page({ args }: GraphQLField<unknown, unknown>, node: FieldNode): Length | undefined {
    if (!args.some(({ name }) => name === 'first')) return undefined;
    return this.#measured(argument(node, 'first'), pageLength);
  }

  #length(
    { name, args }: GraphQLField<unknown, unknown>,
    node: FieldNode,
    parent: GraphQLCompositeType,
  ): Length {
    const asked = args.find(({ type }) => isListType(getNullableType(type)));
    if (asked) return this.#measured(argument(node, asked.name), lengthOf);
    return this.#ofSchema.get(`${parent.name}.${name}`) ?? 1;
  }

  /** What a function makes of an argument, if need be of the variable that it is. */
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
function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 1;
}
