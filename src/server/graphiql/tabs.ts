/**
 * The tabs that GraphiQL opens on. On the demo world of local AWS each succeeds at the first click, and the
 * changes show a typed error at the second. Values stand in the documents, where a person sees them.
 */
import type { GraphQLSchema } from 'graphql';
import type { Gateway } from '../../schema/context.ts';
import { mutationDocument, queryDocument } from '../../schema/example-documents.ts';
import type { Examples } from '../../schema/examples.ts';

export interface Tab {
  readonly query: string;
}

/** The tabs for the providers that the gateway serves: one that reads, and one for each mutation. */
export function tabsFor(schema: GraphQLSchema, { connected }: Pick<Gateway, 'connected'>): Tab[] {
  const shown = [...connected.values()].flatMap(({ examples }) =>
    Object.entries(examples).filter(([, { tab }]) => tab),
  );
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const reads = shown.filter(([name]) => !Object.hasOwn(mutations, name));
  const changes = shown.filter(([name]) => Object.hasOwn(mutations, name));
  const documents = [
    `${greeting}${queryDocument(schema, 'Welcome', Object.fromEntries(reads) as Examples, gatewayItself)}`,
    ...changes.map(([name, example]) => mutationDocument(schema, name, example)),
  ];
  return documents.map(query => ({ query: `${query}\n` }));
}

const greeting = `# Welcome to Vestibule, one door to the users
# that AWS keeps in three places.
#
# This tab reads; the others change something.
# Run one with the button or Ctrl-Enter. Run a
# change twice to see a typed error.
# The book at the top left explains everything.
`;

const gatewayItself = 'providers { id enabled region endpointKind notice }';
