/** How many calls to AWS an operation can take, told before it is executed, from what operations declare. */
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
} from 'graphql';
import { pageLength } from '../schema/connection.ts';
import { readsBack } from '../schema/operation/node.ts';
import { type ApiOperation, operations } from '../schema/operation/registry.ts';
import {
  createWeigh,
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
 * and one more where a cursor may point into the middle of a page; a look-up as many as it declares; a change one, a
 * batch as many as its items take, and one more to read back what AWS's answer lacks; `nodes` one for each id. What is below a list counts for each entry.
 * What only AWS's answers tell is not known here: a look-up that reads a list counts its first page.
 */
export function createCountCalls(schema: GraphQLSchema): Weigh {
  const declared = new Map(operations().map(operation => [operation.coordinate, operation]));
  return createWeigh(schema, new Calls(declared));
}

const nothing: Weight = { fixed: 0, lists: [] };

class Calls implements Scale {
  readonly entry = nothing;
  readonly #declared: ReadonlyMap<string, ApiOperation>;

  constructor(declared: ReadonlyMap<string, ApiOperation>) {
    this.#declared = declared;
  }

  once(
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    parent: GraphQLCompositeType,
    weighing: Weighing,
  ): Weight {
    const operation = this.#declared.get(`${parent.name}.${field.name}`);
    if (!operation)
      return getNamedType(field.type).name === 'Node' ? weighing.perEntry(field, node, parent, one) : nothing;
    const { kind, aws, batch } = operation;
    if (batch) {
      const { list, size } = batch;
      const calls = (items: unknown) => Math.ceil((Array.isArray(items) ? items.length : 1) / size);
      return times(weighing.measuredMember(node, 'input', list, calls), one);
    }
    if (kind === 'mutation')
      return { fixed: aws.filter(({ effect }) => effect !== 'read').length, lists: [] };
    if (!field.args.some(({ name }) => name === 'first')) return { fixed: aws.length, lists: [] };
    const size = Math.min(...aws.map(({ maxPageSize }) => maxPageSize).filter(maximum => maximum > 1));
    const pages = weighing.measured(node, 'first', first => Math.ceil(pageLength(first) / size));
    const middle = weighing.measured(node, 'after', after => (after == null ? 0 : 1));
    return sum([{ fixed: aws.length - 1, lists: [] }, times(pages, one), times(middle, one)]);
  }

  /** The members that were not told share one call. */
  selected(fields: readonly GraphQLField<unknown, unknown>[], within: string | undefined): Weight {
    const operation = within === undefined ? undefined : this.#declared.get(within);
    const partial = operation?.kind === 'mutation' || operation?.givesParts === true;
    return partial && fields.some(readsBack) ? one : nothing;
  }

  isOperation(coordinate: string): boolean {
    return this.#declared.has(coordinate);
  }
}
