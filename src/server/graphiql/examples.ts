/** The examples of all operations, and the list in the page in which a person finds one by its name. */
import type { GraphQLSchema } from 'graphql';
import type { Gateway } from '../../schema/context.ts';
import { mutationDocument, queryDocument } from '../../schema/example-documents.ts';

/** Documents by the names of their operations, in the order of the providers and their entities. */
export type ExampleDocuments = Readonly<Record<string, string>>;

/** The examples of the providers that the gateway serves. On the demo world of local AWS each succeeds once. */
export function exampleDocuments(
  schema: GraphQLSchema,
  { connected }: Pick<Gateway, 'connected'>,
): ExampleDocuments {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const examples = [...connected.values()].flatMap(provider => Object.entries(provider.examples));
  return Object.fromEntries(
    examples.map(([name, example]) => {
      const text = Object.hasOwn(mutations, name)
        ? mutationDocument(schema, name, example)
        : queryDocument(schema, name.charAt(0).toUpperCase() + name.slice(1), { [name]: example });
      return [name, `${text}\n`];
    }),
  );
}

/** The list, and the button that opens it, which the page's script puts beside GraphiQL's own. */
export function exampleList(documents: ExampleDocuments): string {
  const items = Object.keys(documents).map(
    name => `<li><button type="button" value="${name}">${name}</button></li>`,
  );
  return `<button type="button" id="show-examples" class="graphiql-un-styled" aria-label="Show examples" title="Examples" hidden>${icon}</button>
<dialog id="examples" class="graphiql-dialog" aria-labelledby="examples-title">
  <header><h2 id="examples-title">Examples</h2><button type="button" class="graphiql-un-styled" aria-label="Close examples">✕</button></header>
  <p role="status"></p>
  <input type="search" aria-label="Find an example by its name" placeholder="Find by name" autocomplete="off" spellcheck="false" autofocus />
  <ul>${items.join('')}</ul>
</dialog>`;
}

const icon = `<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
<path d="M3 4.5h1M3 10h1M3 15.5h1M7.5 4.5H17M7.5 10H17M7.5 15.5H17" /></svg>`;
