import type { GraphQLSchema } from 'graphql';
import type { InFlight } from '../in-flight/requests.ts';
import { senderOf } from '../request/client-address.ts';
import { createCountReads } from '../weighing/database-reads.ts';
import type { OperationGuard } from './guard.ts';
import { overloaded } from './overload.ts';

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

/** How often an event may read it: each of them is made as often as something changes, for as long as somebody listens. */
const MAX_EVENT_READS = 5;

/** A guard of how often it is read for each event; after the guard that counts. */
export const eventReads: OperationGuard = {
  name: 'the reads of the database for an event',
  check({ operation }, { databaseReads: actual = 0 }) {
    if (operation.operation !== 'subscription' || actual <= MAX_EVENT_READS) return undefined;
    return {
      status: 400,
      code: 'OPERATION_TOO_EXPENSIVE',
      message: `The operation is too expensive: each of its events can read the gateway's database ${actual} times, and may do so ${MAX_EVENT_READS} times. Query the rest.`,
      facts: { limit: 'eventReads', maximum: MAX_EVENT_READS, actual },
    };
  },
};

/**
 * A guard of how often all operations under way of a sender can read it, so that what waits there is refused here, at once; after
 * the guard that counts.
 *
 * @param proxies See {@link senderOf}.
 */
export function databaseReadsInFlight({ reads }: InFlight, proxies: number): OperationGuard {
  const refusals = {
    own: overloaded(
      'databaseReadsInFlight',
      'MAX_DATABASE_READS',
      reads.maximum,
      "The caller's operations under way can read the gateway's database as often as they may",
    ),
    all: overloaded(
      'allDatabaseReadsInFlight',
      'a multiple of MAX_DATABASE_READS',
      reads.maximumOfAll,
      "All operations under way can read the gateway's database as often as they may together",
    ),
  };
  return {
    name: 'the reads of the database in flight',
    check({ operation }, exchange) {
      const { databaseReads: count = 0 } = exchange;
      // What goes on is bounded for each of its events.
      if (operation.operation === 'subscription') return undefined;
      const sender = senderOf(exchange, proxies);
      const lacking = reads.enter(sender, count);
      if (lacking) return refusals[lacking];
      exchange.heldReads = { sender, count };
      return undefined;
    },
  };
}
