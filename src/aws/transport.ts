/** How requests travel to AWS: a pool of keep-alive connections for each provider, so that none holds those of others. */
import { buildQueryString, type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions, RequestHandler } from '@smithy/types';
import { Agent, type Dispatcher } from 'undici';
import { Gathering } from '../together.ts';
import { LIGHT_BYTES, turns } from '../turns.ts';
import { Connections, type Travelling } from './connections.ts';
import { type Deadline, GivenUp, Overdue } from './failure.ts';
import { readableJson } from './readable-json.ts';

/** AWS answers these operations within a second; a connection that takes longer is lost. */
const CONNECT_TIMEOUT_MS = 3_000;

/** Node's timers are no more exact than this. */
const TIMER_STEP_MS = 1;

/** Whose turns those are in which answers of AWS to a principal are taken apart. */
const ANSWERS = 'answers of AWS to ';

const smallAnswers = new Gathering();

/** What a pool of connections is at. */
export interface TransportState {
  /** How many requests travel, or wait for a connection. */
  readonly underWay: number;
}

export interface TransportOptions {
  /** The longest wait for a whole answer, from the moment the request was handed to a connection. */
  readonly timeoutMs: number;
  readonly connections?: number;
  readonly places?: number;
  readonly principalShare?: number;
  readonly maxWaitMs?: number;
}

/** Who waits for an answer, as a socket says it. */
export interface Caller {
  /** Whether the caller has left. */
  readonly destroyed: boolean;
}

/** An attempt: who waits for it, and how far it came, for whoever has to say what may have become of it. */
export interface Progress extends HttpHandlerOptions, Travelling {
  /** Is called when there is a connection for it, before any of it is sent; what it throws ends the attempt. */
  readonly begin?: (() => void) | undefined;
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
  readonly #connections: Connections;
  #stopped = false;

  constructor({
    timeoutMs,
    connections = 500,
    places = 1_000,
    principalShare = 0.5,
    maxWaitMs = 10_000,
  }: TransportOptions) {
    this.#timeoutMs = timeoutMs;
    this.#connections = new Connections({ connections, places, principalShare, maxWaitMs });
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
    progress.handedOver = false;
    return new Promise((resolve, reject) => {
      const go = () => {
        try {
          progress.begin?.();
        } catch (error) {
          reject(error);
          this.failed(progress);
          return;
        }
        const attempt = new Attempt(this, this.#timeoutMs, progress, resolve, reject);
        try {
          this.#agent.dispatch(options, attempt);
        } catch (error) {
          // Such as an address that is not of HTTP.
          attempt.onResponseError(undefined, error as Error);
        }
      };
      this.#connections.take(progress, go, reject);
    });
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  get state(): TransportState {
    return { underWay: this.#connections.underWay };
  }

  /** An attempt has ended, so that there is room for another. */
  ended(progress: Progress): void {
    this.#connections.giveBack(progress);
  }

  /** The same of one that failed: whoever is told first may find that no others should go. */
  failed(progress: Progress): void {
    setImmediate(() => this.ended(progress));
  }

  /** Closes all connections. Calls under way fail with what that means for them. */
  destroy(): void {
    this.#stopped = true;
    this.#connections.stop();
    void this.#agent.destroy();
  }
}

/** One request on its way: it ends with a whole answer, an error, or its time. */
class Attempt implements Dispatcher.DispatchHandler {
  readonly #transport: Pick<Transport, 'stopped' | 'ended' | 'failed'>;
  readonly #progress: Progress;
  readonly #resolve: (answer: { response: HttpResponse }) => void;
  readonly #reject: (error: Error) => void;
  readonly #timeoutMs: number;
  readonly #chunks: Buffer[] = [];
  /** Undefined when the whole answer is there. */
  #timer: NodeJS.Timeout | undefined;
  /** When it began, a reading of `performance.now()`. */
  #timedFrom = 0;
  #controller: Dispatcher.DispatchController | undefined;
  #expired: Error | undefined;
  #statusCode = 0;
  #headers: Record<string, string> = {};

  constructor(
    transport: Pick<Transport, 'stopped' | 'ended' | 'failed'>,
    timeoutMs: number,
    progress: Progress,
    resolve: (answer: { response: HttpResponse }) => void,
    reject: (error: Error) => void,
  ) {
    this.#transport = transport;
    this.#progress = progress;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timeoutMs = timeoutMs;
    this.#timer = this.#startTimer();
  }

  #startTimer(): NodeJS.Timeout {
    const { deadline } = this.#progress;
    this.#timedFrom = performance.now();
    const leftMs = deadline ? deadline.at - this.#timedFrom : Number.POSITIVE_INFINITY;
    return deadline && leftMs < this.#timeoutMs
      ? setTimeout(timeIsUp, Math.max(0, leftMs), this, deadline)
      : setTimeout(waitIsOver, this.#timeoutMs, this, this.#timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // The connection came too late: nothing is written to it, because the caller has been told so.
    if (this.#expired) return controller.abort(this.#expired);
    const { deadline } = this.#progress;
    const now = performance.now();
    if (deadline && deadline.at <= now) return controller.abort(new Overdue(deadline));
    if (deadline?.allowance?.excess) return controller.abort(deadline.allowance.excess);
    if (this.#progress.caller?.destroyed) return controller.abort(new GivenUp(false));
    this.#progress.handedOver = true;
    this.#controller = controller;
    // The time of the answer begins now: what it took to connect is not AWS's to answer for.
    if (now - this.#timedFrom < TIMER_STEP_MS) return;
    clearTimeout(this.#timer);
    this.#timer = this.#startTimer();
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
    if (allowance?.excess) controller.abort(allowance.excess);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#transport.ended(this.#progress);
    const body = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    const go = () => this.#takeApart(body);
    if (body.length <= LIGHT_BYTES) {
      smallAnswers.join(go);
      return;
    }
    const turn = turns.take(`${ANSWERS}${this.#progress.principal ?? ''}`);
    if (turn) void turn.then(go);
    else go();
  }

  #takeApart(body: Buffer): void {
    const answer = { statusCode: this.#statusCode, headers: this.#headers, body: readableJson(body) };
    this.#resolve({ response: new HttpResponse(answer) });
  }

  onResponseError(_controller: unknown, error: Error): void {
    clearTimeout(this.#timer);
    this.#transport.failed(this.#progress);
    const { handedOver = false } = this.#progress;
    this.#reject(this.#transport.stopped ? new GivenUp(handedOver) : named(error));
  }

  /**
   * Gives the attempt up, unless it has ended or its time has begun anew; after a turn of the event loop: timers come before
   * what has arrived meanwhile, and after a pause of the process an answer may have been there for long.
   */
  expireSoon(error: Error): void {
    const timer = this.#timer;
    setImmediate(() => timer === this.#timer && this.#expire(error));
  }

  #expire(error: Error): void {
    this.#expired = error;
    this.#reject(error);
    this.#controller?.abort(error);
  }
}

/** Ends a wait. */
function waitIsOver(attempt: Attempt, timeoutMs: number): void {
  attempt.expireSoon(timeoutError(timeoutMs));
}

/** Ends an attempt that nobody has the time for any more. */
function timeIsUp(attempt: Attempt, deadline: Deadline): void {
  attempt.expireSoon(new Overdue(deadline));
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
