/**
 * The tabs that GraphiQL opens on. On the demo world of local AWS each succeeds at the first click, and the
 * changes show a typed error at the second. Values stand in the documents, where a person sees them.
 */
import type { GraphQLSchema } from 'graphql';
import { queryDocument } from '../../schema/example-documents.ts';
import type { Examples } from '../../schema/examples.ts';
import type { ExampleDocuments } from './examples.ts';

export interface Tab {
  readonly query: string;
  /** JSON, for the pane of headers. */
  readonly headers?: string;
}

/** What the pane of headers has where a token is needed; it is to be put in the place of the word. */
export const tokenHeaders = JSON.stringify({ authorization: 'Bearer TOKEN' }, null, 2);

/**
 * The tabs for the examples that are shown so: one that reads, and one for each mutation.
 *
 * @param documents The examples as documents.
 * @param needsToken Whether callers have to send a token.
 */
export function tabsFor(
  schema: GraphQLSchema,
  examples: Examples,
  documents: ExampleDocuments,
  needsToken = false,
): Tab[] {
  const shown = Object.entries(examples).filter(([, { tab }]) => tab);
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const reads = shown.filter(([name]) => !Object.hasOwn(mutations, name));
  const changes = shown.filter(([name]) => Object.hasOwn(mutations, name));
  const welcome = queryDocument(schema, 'Welcome', Object.fromEntries(reads));
  const queries = [
    `${greeting}${needsToken ? tokenAdvice : ''}${welcome}\n`,
    ...changes.flatMap(([name]) => documents[name] ?? []),
  ];
  return queries.map(query => ({ query, ...(needsToken && { headers: tokenHeaders }) }));
}

const greeting = `# Welcome to Vestibule, one door to the users
# that AWS keeps in four places.
#
# This tab reads; the others change something.
# Run one with the button or Ctrl-Enter. Run a
# change twice to see a typed error.
# The book at the top left explains everything;
# the list there has an example of each operation.
`;

const tokenAdvice = `#
# This gateway asks for a token: under "Headers",
# below, put one in the place of TOKEN, and press
# the button that fetches the schema again.
# With AUTH=dev, this prints one:
#   npm run -s dev-token -- --scopes "*"
`;
