/** Requests exactly as a test writes them; unlike fetch, this sends any header, and no more than it is told. */
import { request as httpRequest } from 'node:http';

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface Received {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  /** Parsed, if it is JSON. */
  readonly body: unknown;
}

/** @param url The gateway's address, without a slash at the end. */
export function send(
  url: string,
  { method = 'POST', path = '/graphql', headers = {}, body }: Sent,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, url), { method, headers }, response => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          body: response.headers['content-type']?.includes('json') ? JSON.parse(text) : text,
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** A request with a body as GraphQL clients send it. */
export function json(body: string, headers: Record<string, string> = {}): Sent {
  const length = String(Buffer.byteLength(body));
  return { headers: { 'content-type': 'application/json', 'content-length': length, ...headers }, body };
}
