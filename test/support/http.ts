/** Requests exactly as a test writes them; unlike fetch, this sends any header, and no more than it is told. */
import { request as httpRequest } from 'node:http';

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  /** A list is sent as so many headers. */
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Buffer;
  /** Whether a Host header is sent that nobody wrote. */
  readonly setHost?: boolean;
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
  { method = 'POST', path = '/graphql', headers = {}, body, setHost = true }: Sent,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, url), { method, headers, setHost }, response => {
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
export function json(body: string | Buffer, headers: Record<string, string> = {}): Sent {
  const length = String(Buffer.byteLength(body));
  return { headers: { 'content-type': 'application/json', 'content-length': length, ...headers }, body };
}
