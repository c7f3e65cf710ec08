/** Pages that hold all they need: the browser asks no other host for anything. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Answer, pageAnswer } from '../answer/answers.ts';

type Encoding = 'br' | 'gzip' | 'identity';

/** A page in the encodings that browsers take. */
export interface HtmlPage {
  readonly etag: string;
  readonly policy: string;
  readonly bodies: Readonly<Record<Encoding, () => Promise<Buffer>>>;
}

/** @param allowed What it may do beside running its own scripts and talking to this server, as a policy says it. */
export function htmlPage(text: string, allowed: readonly string[]): HtmlPage {
  const html = Buffer.from(text);
  return {
    etag: `"${createHash('sha256').update(html).digest('base64url')}"`,
    policy: contentSecurityPolicy(text, allowed),
    bodies: {
      // Quality 5 takes 0.3 s for GraphiQL's 9 MB, and the default of 11 half a minute.
      br: once(() => promisify(brotliCompress)(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })),
      gzip: once(() => promisify(gzip)(html)),
      identity: async () => html,
    },
  };
}

/** The answer to a browser that asks for the page. */
export async function htmlAnswer(
  { etag, policy, bodies }: HtmlPage,
  request: IncomingMessage,
): Promise<Answer> {
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

/** Values as a script has them: the browser would take the character `<` for the beginning of the script's end. */
export function scriptValues(values: unknown): string {
  return JSON.stringify(values).replaceAll('<', String.raw`\u003c`);
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

/** Lets the page run its own script and talk to this server, and nothing else but what is allowed. */
function contentSecurityPolicy(html: string, allowed: readonly string[]): string {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    // GraphiQL's editor makes style elements as it goes.
    "style-src 'unsafe-inline'",
    ...allowed,
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
