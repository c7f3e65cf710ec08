import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

/**
 * How long the lists of a schema's description are, by the coordinates of their fields: those of a type on the average
 * of all types, since most have none of most lists.
 */
export function introspectionLengths(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const types = Object.values(schema.getTypeMap());
  const directives = schema.getDirectives();
  const withFields = types.filter(type => isObjectType(type) || isInterfaceType(type));
  const fields = withFields.flatMap(type => Object.values(type.getFields()));
  const inputFields = types.filter(isInputObjectType).flatMap(type => Object.values(type.getFields()));
  const values = types.filter(isEnumType).flatMap(type => type.getValues());
  const interfaces = withFields.flatMap(type => type.getInterfaces());
  return new Map([
    ['__Schema.types', types.length],
    ['__Schema.directives', directives.length],
    [
      '__Directive.args',
      each(
        directives.flatMap(({ args }) => args),
        directives,
      ),
    ],
    [
      '__Directive.locations',
      each(
        directives.flatMap(({ locations }) => locations),
        directives,
      ),
    ],
    ['__Type.fields', each(fields, types)],
    ['__Type.inputFields', each(inputFields, types)],
    ['__Type.enumValues', each(values, types)],
    ['__Type.interfaces', each(interfaces, types)],
    ['__Type.possibleTypes', each(interfaces, types)],
    [
      '__Field.args',
      each(
        fields.flatMap(({ args }) => args),
        fields,
      ),
    ],
  ]);
}

function each(things: readonly unknown[], owners: readonly unknown[]): number {
  return things.length / owners.length;
}
