/** How many calls to AWS an operation can take, told before it is executed, from what operations declare. */
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  Kind,
} from 'graphql';
import { pageLength } from '../../schema/connection.ts';
import { decodeGlobalId } from '../../schema/global-id.ts';
import { isInDatabase } from '../../schema/nodes.ts';
import { readsBack, wholeThatFieldTakes } from '../../schema/operation/node.ts';
import { type ApiOperation, operations } from '../../schema/operation/registry.ts';
import {
  createWeigh,
  type Length,
  lengthOf,
  one,
  type Scale,
  sum,
  times,
  type Weigh,
  type Weighing,
  type Weight,
} from './weight.ts';

/**
 * What counts the calls of the operations of a schema. A page of a connection takes as many as AWS's pages fit into it,
 * and one more where a cursor may point into the middle of a page; a look-up as many as it declares; a change too, for
 * each item of a batch, and one more to read back what AWS's answer lacks; `node` and `nodes` what the look-ups of the
 * ids' types declare. What is below a list counts for each entry. Not counted are repeats of what failed, what is read to
 * settle a change whose answer was lost, and further pages where AWS gives fewer entries than it was asked for.
 *
 * @param firstBatch Whether to count the changes of an operation's first batch, of which its caller wrote down each item.
 */
export function createCountCalls(schema: GraphQLSchema, firstBatch: 'counted' | 'free' = 'counted'): Weigh {
  const declared = new Map(operations().map(operation => [operation.coordinate, operation]));
  return createWeigh(schema, new Calls(declared, firstBatch === 'free'));
}

const nothing: Weight = { fixed: 0, lists: [] };

const calls = (fixed: number): Weight => ({ fixed, lists: [] });

class Calls implements Scale {
  readonly entry = nothing;
  readonly #declared: ReadonlyMap<string, ApiOperation>;
  /** What the costliest look-up of a node type takes. */
  readonly #mostOfNode: number;
  readonly #isFirstBatchFree: boolean;
  /** Of which operations the first batch was met. */
  readonly #withBatch = new WeakSet<Weighing>();

  constructor(declared: ReadonlyMap<string, ApiOperation>, isFirstBatchFree: boolean) {
    this.#declared = declared;
    this.#isFirstBatchFree = isFirstBatchFree;
    const nodes = [...declared.values()].filter(({ kind }) => kind === 'node');
    this.#mostOfNode = Math.max(1, ...nodes.map(each => each.calls));
  }

  once(
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    parent: GraphQLCompositeType,
    weighing: Weighing,
  ): Weight {
    const operation = this.#declared.get(`${parent.name}.${field.name}`);
    if (!operation) {
      const [ids] = field.args;
      if (!ids || getNamedType(field.type).name !== 'Node') return nothing;
      return times(weighing.measured(node, ids.name, this.#ofIds), one);
    }
    if (operation.batch) {
      const { items, perCall = 1 } = operation.batch;
      const count = (list: unknown) => Math.ceil(lengthOf(list) / perCall);
      if (operation.kind !== 'mutation') {
        return times(weighing.measured(node, items, count), calls(operation.calls));
      }
      const isFirst = !this.#withBatch.has(weighing);
      this.#withBatch.add(weighing);
      if (isFirst && this.#isFirstBatchFree) return nothing;
      return times(weighing.memberMeasured(node, 'input', items, count), calls(operation.calls));
    }
    if (!field.args.some(({ name }) => name === 'first')) return calls(operation.calls);
    const size = Math.min(...operation.aws.map(({ maxPageSize }) => maxPageSize).filter(most => most > 1));
    const pages = weighing.measured(node, 'first', first => Math.ceil(pageLength(first) / size));
    const middle = weighing.measured(node, 'after', after => (after == null ? 0 : 1));
    return sum([calls(operation.calls - 1), times(pages, one), times(middle, one)]);
  }

  /** The members that were not told share one look-up, and so does what is more of a thing than its key. */
  selected(fields: readonly GraphQLField<unknown, unknown>[], within: string | undefined): Weight {
    const operation = within === undefined ? undefined : this.#declared.get(within);
    const { refersTo } = operation ?? {};
    if (refersTo !== undefined && fields.some(field => wholeThatFieldTakes(field) === refersTo)) {
      return calls(this.#ofNode(refersTo));
    }
    if (operation?.kind !== 'mutation' && operation?.givesParts !== true) return nothing;
    const read = fields.filter(readsBack).map(({ type }) => this.#ofNode(getNamedType(type).name));
    return calls(Math.max(0, ...read));
  }

  isOperation(coordinate: string): boolean {
    return this.#declared.has(coordinate);
  }

  /** A batch has an outcome for each of its items. */
  entriesBelow(coordinate: string, node: FieldNode, weighing: Weighing): Length | undefined {
    const { kind, batch } = this.#declared.get(coordinate) ?? {};
    if (kind !== 'mutation' || !batch) return undefined;
    return weighing.memberMeasured(node, 'input', batch.items, lengthOf);
  }

  #ofNode(typename: string): number {
    return this.#declared.get(typename)?.calls ?? 1;
  }

  /** What finding things by their global ids takes. What is in the same parent is found together, if it takes several. */
  readonly #ofIds = (given: unknown): number => {
    let [count, parents] = [0, new Set<string>()];
    for (const entry of [given].flat()) {
      const id = idTextOf(entry);
      if (id === undefined) {
        count += this.#mostOfNode;
        continue;
      }
      const { typename = '', id: key = '' } = decodeGlobalId(id) ?? {};
      if (isInDatabase(typename)) continue;
      const each = this.#ofNode(typename);
      const parent = `${typename}:${key.slice(0, key.lastIndexOf('/') + 1)}`;
      if (each > 1 && parents.has(parent)) continue;
      parents.add(parent);
      count += each;
    }
    return count;
  };
}

/** An id in a variable, or in a literal; undefined for a variable in a literal. Of variables, nothing is checked yet. */
export function idTextOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  if (typeof entry !== 'object' || entry === null) return '';
  const { kind, value } = entry as { readonly kind?: unknown; readonly value?: unknown };
  return kind === Kind.STRING && typeof value === 'string' ? value : undefined;
}
