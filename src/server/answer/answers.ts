/** All answers of the server. Nothing else writes to a response. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ReadableStream } from 'node:stream/web';
import type { ExecutionResult } from 'graphql';
import { type FetchAPI, processRegularResult } from 'graphql-yoga';
import { REQUEST_ID } from '../exchange.ts';
import { GRAPHQL_PATH } from '../paths.ts';
import type { Readiness } from '../readiness.ts';
import { type Cut, READ_TIMEOUT_MS, unreadAnswers } from './unread-answers.ts';

type Headers = Readonly<Record<string, string | number>>;

/** The slowest that a file may be read, in bytes a second: slower for a minute, and it is cut off. */
const MIN_FILE_RATE = 16_384;

/** From here on, an answer that may wait is kept as the bytes alone, and not as the text beside them. */
const LARGE_TEXT = 65_536;

/** How long a client that still sends may take to notice the answer, which it would lose with the connection. */
const LINGER_MS = 1_000;

function lingerAndCut(socket: Socket): void {
  const cut = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(cut));
  socket.resume();
}

/** Who is to read an answer. */
export interface Reader {
  /** For what is fair between them. */
  readonly sender: () => string;
  /** Is told when the end of the answer was not sent. */
  readonly cut?: ((reason: Cut) => void) | undefined;
}

/** What every answer says unless it says otherwise: answers hold people's data, and are what their type says. */
const usualHeaders: Headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** An answer that is ready to be sent. What is private in it keeps other modules from making one of their own. */
class Answer {
  readonly status: number;
  readonly #headers: Headers;
  readonly #body: string | Buffer | undefined;

  constructor(status: number, headers: Headers, body?: string | Buffer) {
    this.status = status;
    this.#headers = headers;
    this.#body = body;
  }

  /** Headers that are set one by one before would have Node merge all of them one by one. */
  sendTo(response: ServerResponse, requestId: string, { sender, cut }: Reader): void {
    // While it was being made, what came turned out to be no request after all.
    if (response.headersSent) return;
    this.writeHeadTo(response, requestId);
    const body = this.#body;
    // Where others are before it on the connection, it stays in memory; Node would keep the text.
    const isKept = !response.socket || (body?.length ?? 0) > LARGE_TEXT;
    response.end(isKept && typeof body === 'string' ? Buffer.from(body) : body);
    if (response.writableLength > 0) unreadAnswers.hold(response, sender(), cut);
  }

  protected writeHeadTo(response: ServerResponse, requestId: string): void {
    response.writeHead(this.status, { ...usualHeaders, ...this.#headers, [REQUEST_ID]: requestId });
  }

  /** Sends it over a connection on which there is no request to answer, and ends that. */
  sendOver(socket: Socket, requestId: string): void {
    if (!socket.writable) return;
    const headers = {
      [REQUEST_ID]: requestId,
      date: new Date().toUTCString(),
      ...usualHeaders,
      ...this.#headers,
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${this.status} ${STATUS_CODES[this.status]}\r\n${lines.join('')}\r\n`);
    socket.end(this.#body ?? '');
    lingerAndCut(socket);
  }
}

/** An answer that goes on while it is sent. */
class StreamAnswer extends Answer {
  readonly #body: ReadableStream<Uint8Array | string>;
  /** How long a client may keep others waiting for each byte that it has read; as long as it likes to if it is undefined. */
  readonly #msPerByte: number | undefined;
  #over: () => void;
  #response: ServerResponse | undefined;

  /**
   * @param over Is called when nobody reads any more.
   * @param minRate The slowest that it may be read, in bytes a second.
   */
  constructor(
    status: number,
    headers: Headers,
    body: ReadableStream<Uint8Array | string>,
    over: () => void,
    minRate?: number,
  ) {
    super(status, headers);
    this.#msPerByte = minRate === undefined ? undefined : 1_000 / minRate;
    this.#body = body;
    this.#over = () => {
      this.#over = () => {};
      over();
    };
  }

  override sendTo(response: ServerResponse, requestId: string): void {
    if (response.headersSent || response.closed) return this.#over();
    this.#response = response;
    this.writeHeadTo(response, requestId);
    // Clients are to know that it has begun.
    response.flushHeaders();
    response.once('close', () => this.#over());
    void this.#pass(response);
    return undefined;
  }

  /** It cannot be sent over a connection on which there is no request. */
  override sendOver(): void {
    this.#over();
  }

  /** Ends it in the middle. */
  stop(): void {
    this.#over();
    this.#response?.end();
  }

  /**
   * What is not read waits with its maker, but for a little; the client is cut off when it reads nothing for a while, or too
   * slowly for longer than that.
   */
  async #pass(response: ServerResponse): Promise<void> {
    const reader = this.#body.getReader();
    const msPerByte = this.#msPerByte;
    let patienceMs = READ_TIMEOUT_MS;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || response.destroyed || response.writableEnded) break;
        const isTaken = response.write(value);
        const waitedMs = isTaken ? 0 : await drained(response, patienceMs);
        if (msPerByte === undefined) continue;
        const earnedMs = Buffer.byteLength(value) * msPerByte;
        patienceMs = Math.min(READ_TIMEOUT_MS, Math.max(0, patienceMs - waitedMs) + earnedMs);
      }
      response.end();
    } catch {
      // It broke off, and the client is to know that this is not its end.
      response.destroy();
    }
  }
}

/**
 * Waits until a client has read what was sent, or is gone, or is cut off because it does not read.
 *
 * @returns How long that took, in milliseconds.
 */
function drained(response: ServerResponse, patienceMs: number): Promise<number> {
  const startedAt = performance.now();
  return new Promise(resolve => {
    const cut = setTimeout(() => response.destroy(), patienceMs);
    const go = () => {
      clearTimeout(cut);
      response.off('drain', go).off('close', go);
      resolve(performance.now() - startedAt);
    };
    response.on('drain', go).on('close', go);
    if (response.closed) go();
  });
}

export type { Answer, StreamAnswer };

/** Whether an answer goes on after it was begun. */
export function isStreamAnswer(answer: Answer | undefined): answer is StreamAnswer {
  return answer instanceof StreamAnswer;
}

/** What Yoga's function that decides about status and body makes of a result, in place of a Fetch API's Response. */
class ResultAnswer extends Answer {
  constructor(body: string, { status, headers }: { readonly status: number; readonly headers: Headers }) {
    super(status, { ...headers, 'content-length': Buffer.byteLength(body) }, body);
  }
}

const responses = { Response: ResultAnswer } as unknown as FetchAPI;

/** The result of an operation, in one of the media types that Yoga has for results. */
export function resultAnswer(result: ExecutionResult, mediaType: string): Answer {
  return processRegularResult(result, responses, mediaType) as unknown as Answer;
}

/** The answer that Yoga gave. */
export async function yogaAnswer(response: Response): Promise<Answer> {
  return new Answer(response.status, Object.fromEntries(response.headers), await response.text());
}

/** What proxies are told that would keep events until there are many. */
const eventHeaders: Headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'x-accel-buffering': 'no',
};

/** The answer that Yoga makes of these results as they come. */
export function streamAnswer({ status, body }: Response, results: { return(): Promise<unknown> }): Answer {
  // Yoga's stream itself is done only when it has something more to tell.
  return new StreamAnswer(
    status,
    eventHeaders,
    body as ReadableStream<Uint8Array>,
    () => void results.return(),
  );
}

/** An answer in JSON, for guards and for what is below. */
export function jsonAnswer(status: number, content: object, headers: Headers = {}): Answer {
  const body = JSON.stringify(content);
  const length = Buffer.byteLength(body);
  const type = 'application/json; charset=utf-8';
  return new Answer(status, { 'content-type': type, 'content-length': length, ...headers }, body);
}

/** An answer of other contents, for GraphiQL. */
export function pageAnswer(status: number, headers: Headers, body?: Buffer): Answer {
  return new Answer(status, headers, body);
}

/** The answer to who asks whether the server takes requests. */
export function healthAnswer(stopping: boolean): Answer {
  return jsonAnswer(stopping ? 503 : 200, { status: stopping ? 'stopping' : 'ok' });
}

/** The answer to who asks whether the process lives: it does as long as it answers. */
export function liveAnswer(): Answer {
  return jsonAnswer(200, { status: 'ok' });
}

/** The answer to who asks whether to send requests here. */
export function readyAnswer({ ready, report }: Readiness): Answer {
  return jsonAnswer(ready ? 200 : 503, report);
}

/** How long a client is to wait before it comes again, in seconds. */
const RETRY_AFTER_S = 1;

/** How long browsers may remember it; none does for longer than two hours. */
const PREFLIGHT_MAX_AGE_S = 7_200;

/** The answer to a browser that asks for a page of an allowed origin what it may send. */
export function preflightAnswer({ headers }: IncomingMessage): Answer {
  const asked = headers['access-control-request-headers'];
  return new Answer(204, {
    vary: 'origin, access-control-request-headers',
    'access-control-allow-methods': 'GET, POST',
    // Who is allowed to send requests may send what headers it likes, as every other client.
    ...(asked && { 'access-control-allow-headers': asked }),
    'access-control-max-age': PREFLIGHT_MAX_AGE_S,
  });
}

/** Leads a browser to another address, which is relative to the one that it asked for. */
export function redirectAnswer(location: string): Answer {
  return new Answer(307, { location, 'content-length': 0, vary: 'accept, origin' });
}

/** Why there are no results of a job at an address. */
const noResults = {
  method: [405, 'BAD_REQUEST', 'Results are read with GET.', { allow: 'GET' }],
  forged: [
    403,
    'ACCESS_DENIED',
    'This is no address of results that this gateway gave out for this job and format. Ask for `Job.resultsUrl`.',
    {},
  ],
  expired: [403, 'ACCESS_DENIED', 'The address has expired. Ask for `Job.resultsUrl` again.', {}],
  gone: [404, 'NOT_FOUND', 'There is no such job any more.', {}],
  unfinished: [409, 'CONFLICT', 'The job goes on again. Ask for `Job.resultsUrl` when it has ended.', {}],
  busy: [
    503,
    'OVERLOADED',
    'As many results are read as may be at a time. Try again.',
    { 'retry-after': RETRY_AFTER_S },
  ],
  busyReader: [
    503,
    'OVERLOADED',
    'As many results are read at addresses that this caller was given as may be at a time. Try again.',
    { 'retry-after': RETRY_AFTER_S },
  ],
  unavailable: [
    503,
    'PROVIDER_FAILURE',
    'This gateway cannot use its database, which keeps the results. Try again later.',
    { 'retry-after': RETRY_AFTER_S },
  ],
} as const;

/** The answer to who asks for results that there are not, or not for them. */
export function noResultsAnswer(reason: keyof typeof noResults): Answer {
  const [status, code, message, headers] = noResults[reason];
  return jsonAnswer(status, { errors: [{ message, extensions: { code } }] }, headers);
}

/**
 * A file that is made while it is sent.
 *
 * @param over Is called when it is sent, or nobody reads it any more.
 */
export function fileAnswer(
  name: string,
  mediaType: string,
  pieces: AsyncGenerator<string, void>,
  over: () => void,
): Answer {
  const headers = { 'content-type': mediaType, 'content-disposition': `attachment; filename="${name}"` };
  const end = () => {
    over();
    void pieces.return();
  };
  return new StreamAnswer(200, headers, ReadableStream.from(pieces), end, MIN_FILE_RATE);
}

/** The answer at any other path. */
export function notFoundAnswer(): Answer {
  const message = `Nothing is served at this path. GraphQL is at ${GRAPHQL_PATH}.`;
  return jsonAnswer(404, { errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
}
