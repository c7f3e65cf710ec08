import type { IncomingMessage } from 'node:http';

/** What of an HTTP request says what is asked for; who asks is the guards' business and nobody else's. */
export interface GraphQLHTTPRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly accept: string | undefined;
  /** Empty unless it is a POST request. */
  readonly body: string;
}

/** Reads the body. A client that goes away before its end leaves this pending, and nothing holds on to it. */
export function readRequest(request: IncomingMessage): Promise<GraphQLHTTPRequest> {
  const { method = '', url = '', headers } = request;
  const { accept } = headers;
  if (method !== 'POST') return Promise.resolve({ method, url, accept, body: '' });
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve({ method, url, accept, body: Buffer.concat(chunks).toString() }));
  });
}
