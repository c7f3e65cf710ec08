/** The GraphiQL page. It holds all it needs; the browser asks no other host for anything. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { GraphQLSchema } from 'graphql';
import type { GraphiQLOptions } from 'graphql-yoga';
import type { Gateway } from '../../schema/context.ts';
import { type Answer, pageAnswer } from '../answers.ts';
import { prefersPage } from '../media-types.ts';
import { type Tab, tabsFor, tokenHeaders } from './tabs.ts';

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

/**
 * GraphiQL leaves its ready-made tabs with a shift to the right that its style hides only until a tab is pressed:
 * the tab then jumps away from under the mouse, and the first click on it is lost.
 */
const steadyTabs = '<style>.graphiql-tab { transform: none !important; }</style>';

async function renderPage(schema: GraphQLSchema, gateway: Gateway, needsToken: boolean): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const defaultTabs = tabsFor(schema, gateway, needsToken);
  // GraphiQL takes `query`, although Yoga's type does not list it. Without it, a second visit opens one more tab.
  const options: GraphiQLOptions & Partial<Tab> = {
    title: 'Vestibule',
    defaultTabs,
    ...defaultTabs[0],
    ...(needsToken && { defaultHeaders: tokenHeaders, defaultEditorToolsVisibility: 'headers' }),
  };
  const text = renderGraphiQL(options);
  const html = Buffer.from(text.replace('</head>', `${steadyTabs}</head>`));
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
