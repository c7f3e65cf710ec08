/** https://mercurius.dev, with its JIT compiler for queries that are used more than once. */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { announce } from '../announce.ts';
import { resolvers, typeDefs } from './resolvers.ts';

const app = Fastify();
await app.register(mercurius, { schema: typeDefs, resolvers: resolvers as never, jit: 1 });
announce(`${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`);
