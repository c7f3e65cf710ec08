/** The guards of the gateway, which nothing is configured for. */
import { createSchema } from 'graphql-yoga';
import { guardsFor } from '../../src/server/guards/index.ts';
import { InFlight } from '../../src/server/in-flight/requests.ts';
import { openAccess } from './access.ts';
import { usualLimits } from './limits.ts';

/** What they guard. */
export const typeDefs = 'type Query { runs(plus: Int): Int }';

export const own = guardsFor({
  host: '127.0.0.1',
  schema: createSchema({ typeDefs }),
  access: openAccess,
  limits: usualLimits,
  inFlight: new InFlight(usualLimits),
});

/** The names of all guards. */
export const guardNames = Object.values(own).flatMap((list: readonly { readonly name: string }[]) =>
  list.map(({ name }) => name),
);
