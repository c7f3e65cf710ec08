/** A bare HTTP server in AWS's place that answers as it is told and remembers what it was asked. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

export interface RecordingServer {
  readonly url: string;
  readonly requests: ReceivedRequest[];
  stop(): Promise<void>;
}

/** Answers the first request by the first of `answers`, and so on; the last one serves all that follow. */
export async function startRecordingServer(...answers: readonly Answer[]): Promise<RecordingServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = incoming;
    const request = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
    requests.push(request);
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    answer?.(request, response);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers in AWS JSON 1.1. */
export function json(body: object, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': '11111111-2222-3333-4444-555555555555',
      ...headers,
    });
    response.end(JSON.stringify(body));
  };
}

/** Resets the connection instead of answering. */
export const reset: Answer = (_request, response) => {
  response.socket?.resetAndDestroy();
};
