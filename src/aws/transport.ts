/** How requests travel to AWS: a pool of keep-alive connections for each provider, so that none holds those of others. */
import { buildQueryString, type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions, RequestHandler } from '@smithy/types';
import { Agent, type Dispatcher } from 'undici';
import { LIGHT_BYTES, turns } from '../turns.ts';
import { type Deadline, GivenUp, NotAdmitted, Overdue, TooMuch } from './failure.ts';
import { readableJson } from './readable-json.ts';

/** AWS answers these operations within a second; a connection that takes longer is lost. */
const CONNECT_TIMEOUT_MS = 3_000;

/** Whose turns those are in which answers of AWS are taken apart. */
const ANSWERS = 'answers of AWS';

/** What a pool of connections is at. */
export interface TransportState {
  /** How many requests travel, or wait for a connection. */
  readonly underWay: number;
}

export interface TransportOptions {
  /** The longest wait for a whole answer, from the moment of the call. */
  readonly timeoutMs: number;
  /**
   * How many connections there are at most. With 200 callers and 25 ms of upstream latency, 50 carry 1,800 requests a
   * second and 500 carry 5,600: the limit is their number.
   */
  readonly connections?: number;
  /** How many requests may wait for a connection; what comes then is refused at once. */
  readonly places?: number;
}

/** Who waits for an answer, as a socket says it. */
export interface Caller {
  /** Whether the caller has left. */
  readonly destroyed: boolean;
}

/** An attempt: who waits for it, and how far it came, for whoever has to say what may have become of it. */
export interface Progress extends HttpHandlerOptions {
  /** What was not sent yet when the caller leaves is dropped. */
  readonly caller?: Caller | undefined;
  /** When the attempt is given up, whether it was sent or not. */
  readonly deadline?: Deadline | undefined;
  /** Whether the request was handed to an established connection; before that, AWS cannot have seen any of it. */
  handedOver?: boolean;
}

/**
 * The SDK's request handler over undici, with each answer as one piece of bytes: none of the operations in use
 * streams, and making streams of an answer's few hundred bytes takes a good part of a call's CPU time.
 */
export class Transport implements RequestHandler<HttpRequest, HttpResponse, Progress> {
  readonly #agent: Agent;
  readonly #timeoutMs: number;
  readonly #capacity: number;
  #underWay = 0;
  #stopped = false;

  constructor({ timeoutMs, connections = 500, places = 500 }: TransportOptions) {
    this.#timeoutMs = timeoutMs;
    this.#capacity = connections + places;
    // The clock of undici's own limits ticks in half seconds.
    const limits = { headersTimeout: 0, bodyTimeout: 0 };
    this.#agent = new Agent({ connections, connect: { timeout: CONNECT_TIMEOUT_MS }, ...limits });
  }

  handle(
    { protocol, hostname, port, path, query, method, headers, body }: HttpRequest,
    progress: Progress = {},
  ): Promise<{ response: HttpResponse }> {
    const queryString = buildQueryString(query);
    const options = {
      origin: `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`,
      path: queryString ? `${path}?${queryString}` : path,
      method,
      headers,
      body: (body ?? null) as string | Uint8Array | null,
    };
    if (this.#underWay >= this.#capacity) return Promise.reject(new NotAdmitted('overloaded'));
    this.#underWay += 1;
    return new Promise((resolve, reject) => {
      const attempt = new Attempt(this, this.#timeoutMs, progress, resolve, reject);
      try {
        this.#agent.dispatch(options, attempt);
      } catch (error) {
        // Such as an address that is not of HTTP.
        attempt.onResponseError(undefined, error as Error);
      }
    });
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  get state(): TransportState {
    return { underWay: this.#underWay };
  }

  /** An attempt has ended, so that there is room for another. */
  ended(): void {
    this.#underWay -= 1;
  }

  /** Closes all connections. Calls under way fail with what that means for them. */
  destroy(): void {
    this.#stopped = true;
    void this.#agent.destroy();
  }
}

/** One request on its way: it ends with a whole answer, an error, or its time. */
class Attempt implements Dispatcher.DispatchHandler {
  readonly #transport: Pick<Transport, 'stopped' | 'ended'>;
  readonly #progress: Progress;
  readonly #resolve: (answer: { response: HttpResponse }) => void;
  readonly #reject: (error: Error) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #expired: Error | undefined;
  #statusCode = 0;
  #headers: Record<string, string> = {};

  constructor(
    transport: Pick<Transport, 'stopped' | 'ended'>,
    timeoutMs: number,
    progress: Progress,
    resolve: (answer: { response: HttpResponse }) => void,
    reject: (error: Error) => void,
  ) {
    this.#transport = transport;
    this.#progress = progress;
    progress.handedOver = false;
    this.#resolve = resolve;
    this.#reject = reject;
    const { deadline } = progress;
    const leftMs = deadline ? deadline.at - performance.now() : Number.POSITIVE_INFINITY;
    this.#timer =
      deadline && leftMs < timeoutMs
        ? setTimeout(timeIsUp, Math.max(0, leftMs), this, deadline)
        : setTimeout(waitIsOver, timeoutMs, this, timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // The connection came too late: nothing is written to it, because the caller has been told so.
    if (this.#expired) return controller.abort(this.#expired);
    const { deadline } = this.#progress;
    if (deadline && deadline.at <= performance.now()) return controller.abort(new Overdue(deadline));
    if (deadline?.allowance?.exceeded) return controller.abort(new TooMuch(deadline.allowance));
    if (this.#progress.caller?.destroyed) return controller.abort(new GivenUp(false));
    this.#progress.handedOver = true;
    this.#controller = controller;
  }

  onResponseStart(
    _controller: unknown,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#statusCode = status;
    // The SDK reads texts, and fails over the list that is made of a header which was sent twice.
    for (const name in headers) {
      const value = headers[name];
      if (Array.isArray(value)) headers[name] = value.join(', ');
    }
    this.#headers = headers as Record<string, string>;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { allowance } = this.#progress.deadline ?? {};
    allowance?.take(chunk.length);
    if (allowance?.exceeded) controller.abort(new TooMuch(allowance));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    this.#transport.ended();
    const body = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    const turn = body.length > LIGHT_BYTES ? turns.take(ANSWERS) : undefined;
    if (turn) void turn.then(() => this.#takeApart(body));
    else this.#takeApart(body);
  }

  #takeApart(body: Buffer): void {
    const answer = { statusCode: this.#statusCode, headers: this.#headers, body: readableJson(body) };
    this.#resolve({ response: new HttpResponse(answer) });
  }

  onResponseError(_controller: unknown, error: Error): void {
    clearTimeout(this.#timer);
    this.#transport.ended();
    const { handedOver = false } = this.#progress;
    this.#reject(this.#transport.stopped ? new GivenUp(handedOver) : named(error));
  }

  /** Gives the attempt up, unless it has ended. */
  expire(error: Error): void {
    this.#expired = error;
    this.#reject(error);
    this.#controller?.abort(error);
  }
}

/**
 * Ends a wait, after a turn of the event loop: timers come before what has arrived meanwhile, and after a pause of
 * the process an answer may have been there for long.
 */
function waitIsOver(attempt: Attempt, timeoutMs: number): void {
  setImmediate(() => attempt.expire(timeoutError(timeoutMs)));
}

/** Ends an attempt that nobody has the time for any more. */
function timeIsUp(attempt: Attempt, deadline: Deadline): void {
  setImmediate(() => attempt.expire(new Overdue(deadline)));
}

function timeoutError(timeoutMs: number): Error {
  const error = new Error(`There was no answer within ${timeoutMs} ms.`);
  return Object.assign(error, { name: 'TimeoutError', code: 'ETIMEDOUT' });
}

/** The names by which the SDK's retry strategy knows that repeating may help, for undici's own errors. */
const transientNames: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: 'TimeoutError',
  UND_ERR_SOCKET: 'RequestTimeout',
};

function named(error: Error & { code?: string }): Error {
  const name = transientNames[error.code ?? ''];
  return name ? Object.assign(error, { name }) : error;
}
