/** How many items the batches of an operation have, told before it is executed. */
import type { GraphQLSchema } from 'graphql';
import { operations } from '../schema/operation/registry.ts';
import { createWeigh, lengthOf, one, type Scale, sum, times, type Weigh } from './weight.ts';

const nothing = sum([]);

/** What counts the items of the mutations of a schema that take lists of them. */
export function createCountItems(schema: GraphQLSchema): Weigh {
  const lists = new Map(
    operations().flatMap(({ kind, coordinate, batch }) =>
      kind === 'mutation' && batch ? [[coordinate, batch.items] as const] : [],
    ),
  );
  const scale: Scale = {
    entry: nothing,
    once(field, node, parent, weighing) {
      const list = lists.get(`${parent.name}.${field.name}`);
      return list === undefined
        ? nothing
        : times(weighing.memberMeasured(node, 'input', list, lengthOf), one);
    },
    selected: () => nothing,
    isOperation: () => false,
  };
  return createWeigh(schema, scale);
}
