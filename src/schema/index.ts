/** The executable schema: what all providers share, and what the loaded ones added. */
import type { GraphQLSchema } from 'graphql';
import './audit-events.ts';
import { builder } from './builder.ts';
import './errors.ts';
import './jobs/changes.ts';
import './jobs/job.ts';
import './jobs/progress.ts';
import './nodes.ts';
import { markWholeFields } from './operation/node.ts';
import { markExposedFields } from './plain-fields.ts';
import './providers.ts';
import { tellUnknownValues } from './unknown-values.ts';

/** Assembles the schema. Call it once, after the enabled providers' modules are imported. */
export function assembleSchema(): GraphQLSchema {
  // Unsorted, so that GraphiQL shows fields, and unions their members, in the order that the code gives them.
  const schema = builder.toSchema({ sortSchema: false });
  tellUnknownValues(schema);
  markExposedFields(schema);
  markWholeFields(schema);
  return schema;
}
