import type { ServerResponse } from 'node:http';

/** A request that is refused before GraphQL sees it. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with a refusal, in the form of a GraphQL error so that clients need only one way to show it. */
export function refuse(response: ServerResponse, { status, code, message, headers }: Refusal): void {
  sendJson(response, status, { errors: [{ message, extensions: { code } }] }, headers);
}

export function sendJson(
  response: ServerResponse,
  status: number,
  content: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = JSON.stringify(content);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}
