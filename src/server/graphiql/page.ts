/** The GraphiQL page. It holds all it needs; the browser asks no other host for anything. */
import type { IncomingMessage } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Gateway } from '../../schema/context.ts';
import type { Answer } from '../answer/answers.ts';
import { prefersPage } from '../answer/media-types.ts';
import { type HtmlPage, htmlAnswer, htmlPage, scriptValues } from '../pages/html-page.ts';
import { createAddress } from './browser/address.ts';
import { createExampleList } from './browser/example-list.ts';
import { createFetcher } from './browser/fetcher.ts';
import { foundNames } from './browser/found-names.ts';
import { answerWithNamedOperation } from './browser/named-operation.ts';
import { openGraphiQL, type PageOptions } from './browser/open.ts';
import { createTabStore, newTab } from './browser/tab-store.ts';
import { exampleDocuments, exampleList, examplesOf } from './examples.ts';
import { narrowScreen, style } from './style.ts';
import { tabsFor, tokenHeaders } from './tabs.ts';

/** Whether the request is a browser's, opening the endpoint's address. */
export function wantsPage({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && prefersPage(headers.accept);
}

/**
 * What answers with the page. GraphiQL takes 49 MiB of memory, so it is loaded at the first visit.
 *
 * @param needsToken Whether callers have to send a token.
 */
export function createGraphiQLPage(
  schema: GraphQLSchema,
  gateway: Gateway,
  needsToken: boolean,
): (request: IncomingMessage) => Promise<Answer> {
  let page: Promise<HtmlPage> | undefined;
  return async request => htmlAnswer(await (page ??= renderPage(schema, gateway, needsToken)), request);
}

async function renderPage(schema: GraphQLSchema, gateway: Gateway, needsToken: boolean): Promise<HtmlPage> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const examples = examplesOf(gateway);
  const documents = exampleDocuments(schema, examples);
  const start = scriptOf({
    title,
    tabs: tabsFor(schema, examples, documents, needsToken),
    examples: documents,
    headers: needsToken ? tokenHeaders : '',
    narrow: narrowScreen,
  });
  const text = replaceEach(renderGraphiQL({ title }), [
    [/<\/head>/, head],
    [/(?<=<div id="root"><\/div>)/, exampleList(documents)],
    [/globalAPI: false/, 'globalAPI: true'],
    [/YogaGraphiQL\.renderYogaGraphiQL\(.*?\);\s*(?=<\/script>)/s, start],
  ]);
  return htmlPage(text, [
    'font-src data:',
    'img-src data:',
    // The page makes its workers from texts that it brings along.
    'worker-src blob:',
  ]);
}

const title = 'Vestibule';

/** Without the first, a phone shows the page as on a large screen, and small. */
const head = `<meta name="viewport" content="width=device-width, initial-scale=1" /><style>${style}</style></head>`;

/** The script that opens GraphiQL, of the functions' own texts: each uses nothing from outside of itself. */
function scriptOf(options: PageOptions): string {
  const parts = Object.entries({
    answerWithNamedOperation,
    createAddress,
    createExampleList,
    createFetcher,
    createTabStore,
    foundNames,
    newTab,
  });
  const given = parts.map(([name, part]) => `${name}: ${String(part)}`).join(',\n');
  return `(${String(openGraphiQL)})({ ${given} }, ${scriptValues(options)});`;
}

function replaceEach(text: string, replacements: readonly (readonly [RegExp, string])[]): string {
  return replacements.reduce((whole, [found, put]) => {
    if (!found.test(whole)) throw new TypeError(`Yoga's page of GraphiQL has no ${String(found)}.`);
    return whole.replace(found, () => put);
  }, text);
}
