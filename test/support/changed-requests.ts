/** Requests as others, but for something. */
import type { Sent } from './http.ts';

export function withHeaders(sent: Sent, headers: NonNullable<Sent['headers']>): Sent {
  return { ...sent, headers: { ...sent.headers, ...headers } };
}

export function withBody({ headers }: Sent, body: string | Buffer): Sent {
  return { headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body };
}

/** In chunks, so that the length of the body is not told beforehand. */
export function withoutLength({
  headers: { 'content-length': _length, ...headers } = {},
  ...sent
}: Sent): Sent {
  return { ...sent, headers: { ...headers, 'transfer-encoding': 'chunked' } };
}

export function queryOf({ body }: Sent): string {
  return (JSON.parse(String(body)) as { query: string }).query;
}

export function withPersistedQuery(sent: Sent, persistedQuery: object): Sent {
  const parameters = JSON.parse(String(sent.body)) as object;
  return withBody(sent, JSON.stringify({ ...parameters, extensions: { persistedQuery } }));
}

export function without(name: string, { headers = {}, ...sent }: Sent): Sent {
  return { ...sent, headers: Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)) };
}
