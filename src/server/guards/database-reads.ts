import type { GraphQLSchema } from 'graphql';
import { createCountReads } from '../database-reads.ts';
import type { OperationGuard } from './guard.ts';

/**
 * A guard of how often an operation can read the gateway's own database.
 *
 * @param maximum How often it may.
 */
export function databaseReads(schema: GraphQLSchema, maximum: number): OperationGuard {
  const count = createCountReads(schema);
  return {
    name: 'the reads of the database',
    check({ document, operation, variables }, exchange) {
      const actual = count(document, operation, variables);
      exchange.databaseReads = actual;
      if (actual <= maximum) return undefined;
      return {
        status: 400,
        code: 'OPERATION_TOO_EXPENSIVE',
        message: `The operation is too expensive: it can read the gateway's database ${actual} times, and may do so ${maximum} times. Ask for fewer entries of lists with \`first\`, or have MAX_DATABASE_READS raised.`,
        facts: { limit: 'databaseReads', maximum, actual },
      };
    },
  };
}
