/** https://www.apollographql.com/docs/apollo-server/getting-started */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { announce } from '../announce.ts';
import { resolvers, typeDefs } from './resolvers.ts';

const server = new ApolloServer({ typeDefs, resolvers });
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
announce(url);
