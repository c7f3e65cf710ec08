/** The schema as text: everything sorted by name but the members of unions, where the success comes first. */
import {
  type GraphQLSchema,
  isSpecifiedScalarType,
  isUnionType,
  lexicographicSortSchema,
  printType,
} from 'graphql';

export function printSdl(schema: GraphQLSchema): string {
  const types = Object.values(lexicographicSortSchema(schema).getTypeMap()).filter(
    type => !isSpecifiedScalarType(type) && !type.name.startsWith('__'),
  );
  const texts = types.map(type => {
    const declared = schema.getType(type.name);
    return printType(isUnionType(declared) ? declared : type);
  });
  return `${texts.join('\n\n')}\n`;
}
