/** How requests travel to AWS: one pool of keep-alive connections for all providers. */
import { buildQueryString, type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions, RequestHandler } from '@smithy/types';
import { Agent } from 'undici';
import { GivenUp } from './failure.ts';

/** AWS answers these operations within a second; a connection or an answer that takes longer is lost. */
const CONNECT_TIMEOUT_MS = 3_000;

/**
 * With 200 callers and 25 ms of upstream latency, 50 connections carry 1,800 requests a second and 500 carry
 * 5,600: the limit is the number of connections, so it is set well above what AWS's quotas allow.
 */
const MAX_CONNECTIONS = 500;

/** Who waits for an answer, as a socket says it. */
export interface Caller {
  /** Whether the caller has left. */
  readonly destroyed: boolean;
}

/** What the SDK may say of a request, and who waits for its answer. */
export interface HandlingOptions extends HttpHandlerOptions {
  readonly caller?: Caller | undefined;
}

/**
 * The SDK's request handler over undici, with each answer as one piece of bytes: none of the operations in use
 * streams, and making streams of an answer's few hundred bytes takes a good part of a call's CPU time.
 */
export class Transport implements RequestHandler<HttpRequest, HttpResponse> {
  readonly #agent: Agent;
  #stopped = false;

  /** @param timeoutMs The longest wait for the beginning of an answer, and between its parts. */
  constructor(timeoutMs: number) {
    this.#agent = new Agent({
      connections: MAX_CONNECTIONS,
      connect: { timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /** Sends a request, unless its caller has left by the time when there is a connection for it. */
  handle(
    { protocol, hostname, port, path, query, method, headers, body }: HttpRequest,
    { caller }: HandlingOptions = {},
  ): Promise<{ response: HttpResponse }> {
    const queryString = buildQueryString(query);
    const options = {
      origin: `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`,
      path: queryString ? `${path}?${queryString}` : path,
      method,
      headers,
      body: (body ?? null) as string | Uint8Array | null,
    };
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let sent = false;
      let statusCode = 0;
      let answered: Record<string, string> = {};
      this.#agent.dispatch(options, {
        onRequestStart: controller => {
          if (caller?.destroyed) controller.abort(new GivenUp(false));
          else sent = true;
        },
        onResponseStart(_controller, status, responseHeaders) {
          statusCode = status;
          answered = responseHeaders as Record<string, string>;
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          const content = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
          resolve({ response: new HttpResponse({ statusCode, headers: answered, body: content }) });
        },
        onResponseError: (_controller, error) => {
          reject(this.#stopped ? new GivenUp(sent) : named(error));
        },
      });
    });
  }

  /** Closes all connections. Calls under way fail with what that means for them. */
  destroy(): void {
    this.#stopped = true;
    void this.#agent.destroy();
  }
}

/** The names by which the SDK's retry strategy knows that repeating may help, for undici's own errors. */
const transientNames: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'TimeoutError',
  UND_ERR_HEADERS_TIMEOUT: 'TimeoutError',
  UND_ERR_BODY_TIMEOUT: 'TimeoutError',
  UND_ERR_SOCKET: 'RequestTimeout',
};

function named(error: Error & { code?: string }): Error {
  const name = transientNames[error.code ?? ''];
  return name ? Object.assign(error, { name }) : error;
}
