/** The GraphiQL page. It holds all it needs; the browser asks no other host for anything. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { GraphQLSchema } from 'graphql';
import type { Gateway } from '../../schema/context.ts';
import { type Answer, pageAnswer } from '../answers.ts';
import { prefersPage } from '../media-types.ts';
import { createAddress } from './browser/address.ts';
import { createExampleList } from './browser/example-list.ts';
import { createFetcher } from './browser/fetcher.ts';
import { answerWithNamedOperation } from './browser/named-operation.ts';
import { openGraphiQL, type PageOptions } from './browser/open.ts';
import { createTabStore, newTab } from './browser/tab-store.ts';
import { exampleDocuments, exampleList } from './examples.ts';
import { narrowScreen, style } from './style.ts';
import { tabsFor, tokenHeaders } from './tabs.ts';

/** The page in the encodings that browsers take. */
interface Page {
  readonly etag: string;
  readonly policy: string;
  readonly bodies: Readonly<Record<Encoding, () => Promise<Buffer>>>;
}

type Encoding = 'br' | 'gzip' | 'identity';

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
  let page: Promise<Page> | undefined;
  return async request => answer(await (page ??= renderPage(schema, gateway, needsToken)), request);
}

async function answer({ etag, policy, bodies }: Page, request: IncomingMessage): Promise<Answer> {
  const headers = {
    etag,
    'cache-control': 'no-cache',
    vary: 'accept, accept-encoding, origin',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  if (request.headers['if-none-match'] === etag) return pageAnswer(304, headers);
  const encoding = acceptedEncoding(request.headers['accept-encoding']);
  const body = await bodies[encoding]();
  const ownHeaders = {
    ...headers,
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.length,
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  };
  return pageAnswer(200, ownHeaders, body);
}

function acceptedEncoding(header: string | string[] = ''): Encoding {
  const accepted = new Set(
    String(header)
      .split(',')
      .map(part => part.trim()),
  );
  if (accepted.has('br')) return 'br';
  return accepted.has('gzip') ? 'gzip' : 'identity';
}

async function renderPage(schema: GraphQLSchema, gateway: Gateway, needsToken: boolean): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const examples = exampleDocuments(schema, gateway);
  const start = scriptOf({
    title,
    tabs: tabsFor(schema, gateway, examples, needsToken),
    examples,
    headers: needsToken ? tokenHeaders : '',
    narrow: narrowScreen,
  });
  const text = replaceEach(renderGraphiQL({ title }), [
    [/<\/head>/, head],
    [/(?<=<div id="root"><\/div>)/, exampleList(examples)],
    [/globalAPI: false/, 'globalAPI: true'],
    [/YogaGraphiQL\.renderYogaGraphiQL\(.*?\);\s*(?=<\/script>)/s, start],
  ]);
  const html = Buffer.from(text);
  return {
    etag: `"${createHash('sha256').update(html).digest('base64url')}"`,
    policy: contentSecurityPolicy(text),
    bodies: {
      // Quality 5 takes 0.3 s for the page's 9 MB, and the default of 11 half a minute.
      br: once(() => promisify(brotliCompress)(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })),
      gzip: once(() => promisify(gzip)(html)),
      identity: async () => html,
    },
  };
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
    newTab,
  });
  const given = parts.map(([name, part]) => `${name}: ${String(part)}`).join(',\n');
  // The browser would take this character for the beginning of the script's end.
  const values = JSON.stringify(options).replaceAll('<', String.raw`\u003c`);
  return `(${String(openGraphiQL)})({ ${given} }, ${values});`;
}

function replaceEach(text: string, replacements: readonly (readonly [RegExp, string])[]): string {
  return replacements.reduce((whole, [found, put]) => {
    if (!found.test(whole)) throw new TypeError(`Yoga's page of GraphiQL has no ${String(found)}.`);
    return whole.replace(found, () => put);
  }, text);
}

/** Lets the page run its own script and talk to this server, and nothing else. */
function contentSecurityPolicy(html: string): string {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    // The editor makes style elements as it goes.
    "style-src 'unsafe-inline'",
    'font-src data:',
    'img-src data:',
    // The page makes its workers from texts that it brings along.
    'worker-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => (result ??= work());
}
