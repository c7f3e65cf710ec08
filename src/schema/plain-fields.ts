/**
 * Fields whose resolvers look at nothing but the object that they are of, and give the same whenever they are asked: the
 * executor of the bundle asks them without arguments and a path (build/executor-fields.ts), and once more in the usual
 * way if it cannot use what they give.
 */
import { type GraphQLSchema, isObjectType } from 'graphql';

/** The extension that says so of a field. */
export const readsObjectAlone = { readsObjectAlone: true } as const;

/** Says it of each field that Pothos reads from its object, as with `t.exposeString`. */
export function markExposedFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.extensions['pothosExposedField'] !== undefined)
        Object.assign(field.extensions, readsObjectAlone);
    }
  }
}
