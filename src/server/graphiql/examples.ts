/** The examples of all operations, and the list in the page in which a person finds one by its name. */
import type { GraphQLSchema } from 'graphql';
import type { Gateway } from '../../schema/context.ts';
import { exampleDocument } from '../../schema/example-documents.ts';
import type { Examples } from '../../schema/examples.ts';
import { ownExamples } from '../../schema/own-examples.ts';

/** Documents by the names of their operations, the gateway's own first, then in the order of the providers and their entities. */
export type ExampleDocuments = Readonly<Record<string, string>>;

/** The examples of a gateway: its own, and those of the providers that it serves. */
export function examplesOf({ connected }: Pick<Gateway, 'connected'>): Examples {
  const served = Object.assign({}, ...[...connected.values()].map(({ examples }) => examples)) as Examples;
  return { ...ownExamples(served), ...served };
}

/** On the demo world of local AWS each succeeds once, but for those that need something. */
export function exampleDocuments(schema: GraphQLSchema, examples: Examples): ExampleDocuments {
  const documents = Object.entries(examples).map(([name, example]) => {
    return [name, `${exampleDocument(schema, name, example)}\n`];
  });
  return Object.fromEntries(documents) as ExampleDocuments;
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
