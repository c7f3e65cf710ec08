/** How often an operation can read the gateway's own database, told before it is executed, from what its fields say. */
import { type FieldNode, type GraphQLField, type GraphQLSchema, getNamedType } from 'graphql';
import { decodeGlobalId } from '../../schema/global-id.ts';
import { isInDatabase } from '../../schema/nodes.ts';
import { idTextOf } from './upstream-calls.ts';
import { createWeigh, one, type Scale, times, type Weigh, type Weighing, type Weight } from './weight.ts';

/**
 * What counts the reads of the operations of a schema: each field that reads counts as often as the lists around it are long.
 * Not counted is what mutations take to write.
 */
export function createCountReads(schema: GraphQLSchema): Weigh {
  return createWeigh(schema, reads);
}

const nothing: Weight = { fixed: 0, lists: [] };

const reads: Scale = {
  entry: nothing,
  once(field, node, _parent, weighing): Weight {
    const { readsDatabase } = field.extensions;
    if (typeof readsDatabase === 'number') return { fixed: readsDatabase, lists: [] };
    return getNamedType(field.type).name === 'Node' ? ofNodes(field, node, weighing) : nothing;
  },
  selected: fields =>
    fields.some(({ extensions }) => extensions['readsDatabase'] === 'together') ? one : nothing,
  isOperation: () => false,
};

/** Things that are found by their ids. */
function ofNodes(
  { args: [ids] }: GraphQLField<unknown, unknown>,
  node: FieldNode,
  weighing: Weighing,
): Weight {
  return ids ? times(weighing.measured(node, ids.name, idsInDatabase), one) : nothing;
}

function idsInDatabase(given: unknown): number {
  return [given].flat().filter(entry => {
    const id = idTextOf(entry);
    // Of a variable in a literal, nobody knows which type it is of.
    return id === undefined || isInDatabase(decodeGlobalId(id)?.typename ?? '');
  }).length;
}
