/** Values of AWS's enums that this version does not know: AWS adds some, and sends them to every client. */
import { GraphQLEnumType, type GraphQLSchema } from 'graphql';
import { ProviderFailureError } from '../errors.ts';

/**
 * Has a value that an enum of the schema does not have end as the error of its field, so that it takes nothing from
 * what is beside it. Of the values that are not AWS's, the compiler knows that the enum has them.
 */
export function tellUnknownValues(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type instanceof GraphQLEnumType && !type.name.startsWith('__')) tellUnknownValuesOf(type);
  }
}

function tellUnknownValuesOf(type: GraphQLEnumType): void {
  const names = new Map<unknown, string>(type.getValues().map(({ name, value }) => [value, name]));
  type.coerceOutputValue = value => {
    const name = names.get(value);
    if (name !== undefined) return name;
    const message = `AWS gave ${shown(value)}, which is no ${type.name} that this version of the gateway knows.`;
    throw new ProviderFailureError({ message, retryable: false });
  };
}

/** What looks like no member of an enum may be anything, and is not repeated. */
function shown(value: unknown): string {
  return typeof value === 'string' && /^[\w.:/-]{1,64}$/.test(value) ? `"${value}"` : 'something';
}
