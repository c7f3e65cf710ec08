/** Requests whose bodies come after their heads. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { Received, Sent } from './http.ts';

/** A request of which the server has the head. */
export interface Begun {
  readonly answer: Promise<Received>;
  /** Sends the body. */
  end(): void;
  /** Leaves. */
  leave(): void;
}

export async function begin(url: string, { path = '/graphql', headers = {}, body }: Sent): Promise<Begun> {
  const request = httpRequest(new URL(path, url), {
    method: 'POST',
    headers: { ...headers, expect: '100-continue' },
  });
  const answer = once(request, 'response').then(async ([response]) => {
    const parts = await response.setEncoding('utf8').toArray();
    return { status: response.statusCode, headers: response.headers, body: JSON.parse(parts.join('')) };
  });
  // Who leaves hears that the connection has ended.
  answer.catch(() => {});
  request.on('error', () => {});
  request.flushHeaders();
  await once(request, 'continue');
  return { answer, end: () => request.end(body), leave: () => request.destroy() };
}
