import type { Access } from '../../src/server/guards/index.ts';

/** Everybody may do everything, as with AUTH=none. */
export const openAccess: Access = { tokens: undefined, graphiql: true, introspection: true };
