/** How many items the lists have that an operation's mutations are given, told before it is executed. */
import { type GraphQLSchema, getNamedType, getNullableType, isInputObjectType, isListType } from 'graphql';
import { createWeigh, lengthOf, one, type Scale, sum, times, type Weigh } from './weight.ts';

const nothing = sum([]);

/** What counts the items of the lists that are members of the inputs of mutations. Rows of bulk jobs lie deeper, and are counted elsewhere. */
export function createCountItems(schema: GraphQLSchema): Weigh {
  const scale: Scale = {
    entry: nothing,
    once(field, node, parent, weighing) {
      const [input] = field.args;
      const type = input && getNamedType(input.type);
      if (!input || parent !== schema.getMutationType() || !isInputObjectType(type)) return nothing;
      const lists = Object.values(type.getFields()).filter(member =>
        isListType(getNullableType(member.type)),
      );
      return sum(lists.map(({ name }) => times(weighing.memberMeasured(node, input.name, name, count), one)));
    },
    selected: () => nothing,
    isOperation: () => false,
  };
  return createWeigh(schema, scale);
}

function count(list: unknown): number {
  return list == null ? 0 : lengthOf(list);
}
