import type { GraphQLSchema } from 'graphql';
import { createCountItems } from '../weighing/input-items.ts';
import { createWeigh } from '../weighing/weight.ts';
import type { OperationGuard } from './guard.ts';

/** How many values an item counts as at least: its outcome or its faults are found, whether they are asked for or not. */
const VALUES_OF_ITEM = 10;

/**
 * A guard of the number of values that an answer can have, and of the items in the inputs that it is about.
 *
 * @param maximum How many it may have.
 */
export function answerValues(schema: GraphQLSchema, maximum: number): OperationGuard {
  const weigh = createWeigh(schema);
  const countItems = createCountItems(schema);
  const maximumItems = Math.max(1, Math.floor(maximum / VALUES_OF_ITEM));
  return {
    name: 'the values of the answer',
    check({ document, operation, variables }, exchange) {
      const actual = Math.ceil(weigh(document, operation, variables));
      const items = countItems(document, operation, variables);
      exchange.answerValues = Math.max(actual, items * VALUES_OF_ITEM);
      if (actual > maximum) {
        return {
          status: 400,
          code: 'OPERATION_TOO_LARGE',
          message: `The operation is too large: its answer can have ${actual} values, and may have ${maximum}.`,
          facts: { limit: 'values', maximum, actual },
        };
      }
      if (items <= maximumItems) return undefined;
      return {
        status: 400,
        code: 'OPERATION_TOO_LARGE',
        message: `The operation is too large: the lists of its inputs have ${items} items, and may have ${maximumItems}.`,
        facts: { limit: 'items', maximum: maximumItems, actual: items },
      };
    },
  };
}
