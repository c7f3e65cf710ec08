/** What GraphiQL's page shows of the examples. */
import { type FieldNode, type OperationDefinitionNode, parse } from 'graphql';
import { providers } from '../../src/providers/index.ts';
import { assembleSchema } from '../../src/schema/index.ts';
import { exampleDocuments, examplesOf } from '../../src/server/graphiql/examples.ts';
import { tabsFor } from '../../src/server/graphiql/tabs.ts';

const loaded = await Promise.all(
  providers.map(async ({ id, load }) => [id, (await load()).provider] as const),
);
export const schema = assembleSchema();

/** The ids of all providers. */
export const all = providers.map(({ id }) => id);

/** The examples and the tabs of a gateway that serves these providers. */
export function serving(ids: readonly string[], needsToken = false) {
  const gateway = { connected: new Map(loaded.filter(([id]) => ids.includes(id))) } as never;
  const examples = examplesOf(gateway);
  const documents = exampleDocuments(schema, examples);
  return { examples, documents, tabs: tabsFor(schema, examples, documents, needsToken) };
}

/** The names of the operations in the tabs, and of the fields that each asks for. */
export function contents(tabs: readonly { query: string }[]) {
  return tabs.map(({ query }) =>
    parse(query).definitions.map(definition => {
      const { name, selectionSet } = definition as OperationDefinitionNode;
      return [name?.value, ...selectionSet.selections.map(field => (field as FieldNode).name.value)];
    }),
  );
}
