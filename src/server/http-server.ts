/** Node's HTTP server: whom it has answer what comes, how it starts to listen, and how it stops. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../startup-error.ts';
import { CONNECT, MAX_HEADERS, type Unreadable } from './guards/unreadable.ts';
import { forgetChunks, takeChunks } from './in-flight/arriving-bodies.ts';
import { type Connection, Connections } from './in-flight/connections.ts';
import type { Listeners } from './routes.ts';
import { timeouts } from './timeouts.ts';

/** How long it takes at most to tell the clients that their requests were given up. */
const FAREWELL_MS = 1_000;

/**
 * How long before it closes its port the server says with each answer that the connection ends: clients that send one request
 * after another are gone by then, and none of them sends one over a connection that is just being closed.
 */
const PARTING_MS = 1_000;

/** How long a connection over which no request has come is kept then: its first may be on the way. */
const UNUSED_MS = 200;

/** How often connections that became idle are closed while the server stops. */
const SWEEP_MS = 50;

/**
 * How many requests of one connection may have no answer yet, and how many all together that do not come first on theirs. Node
 * reads on however many there are, and keeps some kilobytes of each, or up to 64 of its body.
 */
const MAX_PIPELINED = 100;
const MAX_PIPELINED_IN_ALL = 500;

/** A guard says in GraphQL's form what Node would say with an empty body. */
const options = { ...timeouts, requireHostHeader: false } as const;

/** How a server stops. */
export interface StopOptions {
  /** How long it says that it is not ready, and serves all the same, before it takes no more work. */
  readonly delayMs: number;
  /** How long requests under way may take then. */
  readonly graceMs: number;
  /** Ends the answers that would go on. */
  readonly endStreams: () => void;
  /** Has those answered that took longer; what is not is cut off. */
  readonly giveUp: () => void;
}

/** A server that listens before it can serve, and that can be told to stop without losing a request. */
export class HTTPServer {
  readonly #server: Server;
  /** Has answered what came before there was anybody to answer. */
  readonly #early: ((listeners: Listeners) => void)[] = [];
  #listeners: Listeners | undefined;
  readonly connections: Connections;
  /** How many requests have no answer yet and did not come first on their connection. */
  #pipelined = 0;
  /** The connections that end because what came over them is no request. */
  readonly #givenUp = new WeakSet<Socket>();
  /** Whether it says that it is not ready. */
  #leaving = false;
  /** Whether it says with each answer that the connection ends. */
  #parting = false;
  /** How many requests have no answer yet, also of clients that have left. */
  #underWay = 0;

  /** @param maxConnections How many clients may be connected. */
  constructor(maxConnections: number) {
    this.connections = new Connections(maxConnections);
    this.#server = createServer(options, (request, response) => {
      if (!this.#take(request, response)) return;
      if (this.#listeners) void this.#answer(this.#listeners, request, response);
      else this.#early.push(listeners => void this.#answer(listeners, request, response));
    });
    this.#server.maxHeadersCount = MAX_HEADERS;
    this.#server.on('connection', socket => {
      // oxlint-disable-next-line eslint/no-restricted-properties -- Nobody waits for an answer on it.
      this.connections.open(socket)?.destroy();
    });
    this.#server
      .on('clientError', (error: Error & Unreadable, socket) => this.#endUnreadable(error, socket as Socket))
      .on('connect', (_request, socket) => this.#endUnreadable(CONNECT, socket as Socket))
      // A guard refuses what is expected; Node would with an empty body.
      .on('checkExpectation', (request, response) => this.#server.emit('request', request, response));
  }

  /**
   * Starts to listen; requests wait for {@link serve}.
   *
   * @returns The server's address, without a slash at the end.
   * @throws StartupError when the address cannot be used.
   */
  listen(host: string, port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, host, port)));
      this.#server.listen(port, host, () => resolve(urlOf(this.#server.address() as AddressInfo)));
    });
  }

  serve(listeners: Listeners): void {
    this.#listeners = listeners;
    for (const answer of this.#early.splice(0)) answer(listeners);
  }

  /** Ends at once, with whatever requests are there. */
  abandon(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Says that it is not ready, stops accepting connections and waits for the requests under way. */
  async stop({ delayMs, graceMs, endStreams, giveUp }: StopOptions): Promise<void> {
    this.#leaving = true;
    if (delayMs > PARTING_MS) await sleep(delayMs - PARTING_MS);
    this.#parting = true;
    for (const [, { last }] of this.connections) if (last) announceEnd(last);
    if (delayMs > 0) await sleep(Math.min(delayMs, PARTING_MS));
    endStreams();
    const unused = setTimeout(() => this.#endUnused(), UNUSED_MS);
    const end = setTimeout(giveUp, graceMs);
    const last = setTimeout(() => this.#cut(), graceMs + FAREWELL_MS);
    await this.#closed();
    // What a client has asked for is done although it has left.
    while (this.#underWay > 0) await sleep(SWEEP_MS);
    clearTimeout(unused);
    clearTimeout(end);
    clearTimeout(last);
  }

  /** Ends the connections over which no request has come. */
  #endUnused(): void {
    for (const [socket, { isUsed }] of this.connections) {
      // oxlint-disable-next-line eslint/no-restricted-properties -- Node does not count it as idle.
      if (!isUsed) socket.destroy();
    }
  }

  /** Counts a request of a connection; false if it is not to be answered. */
  #take(request: IncomingMessage, response: ServerResponse): boolean {
    const { socket } = request;
    const connection = this.connections.get(socket);
    // It ended before what it had sent was looked at.
    if (!connection) return true;
    if (connection.isFull) return false;
    const { last, unanswered } = connection;
    if (unanswered >= MAX_PIPELINED || (unanswered > 0 && this.#pipelined >= MAX_PIPELINED_IN_ALL)) {
      connection.isFull = true;
      socket.pause();
      if (last) endAfter(last, socket);
      return false;
    }
    if (this.#parting) announceEnd(response, last);
    connection.last = response;
    connection.isUsed = true;
    connection.unanswered += 1;
    if (unanswered > 0) this.#pipelined += 1;
    takeChunks(request);
    response.once('close', () => {
      connection.unanswered -= 1;
      if (unanswered > 0) this.#pipelined -= 1;
      forgetChunks(request);
      if (request.complete) forget(connection, response);
      else request.once('close', () => forget(connection, response));
    });
    return true;
  }

  #closed(): Promise<void> {
    return new Promise(resolve => {
      const sweep = setInterval(() => this.#server.closeIdleConnections(), SWEEP_MS);
      this.#server.close(() => {
        clearInterval(sweep);
        resolve();
      });
    });
  }

  #cut(): void {
    this.#server.closeAllConnections();
    this.#underWay = 0;
  }

  async #answer(listeners: Listeners, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#underWay += 1;
    try {
      await listeners.request(request, response, this.#leaving);
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Answers what Node takes for no request, after the answers to the requests before it, and ends the connection. */
  #endUnreadable(what: Unreadable, socket: Socket): void {
    if (this.#givenUp.has(socket)) return;
    this.#givenUp.add(socket);
    const last = this.connections.get(socket)?.last;
    const begun = last && !last.req.complete ? last : undefined;
    // Browsers open connections ahead, and errors of the connection itself come here too.
    if (!isOfParser(what) || !socket.writable || socket.bytesRead === 0 || begun?.headersSent) {
      // oxlint-disable-next-line eslint/no-restricted-properties -- There is nobody to answer, or who is answered.
      socket.destroy();
      return;
    }
    const end = (listeners: Listeners) => {
      const { answer, requestId, reader } = listeners.unreadable(what, socket, begun?.req);
      const send = () => answer.sendOver(socket, requestId);
      if (begun) {
        answer.sendTo(begun, requestId, reader);
        begun.once('close', endRequest);
      } else if (last && !last.closed) last.once('close', send);
      else send();
    };
    if (this.#listeners) end(this.#listeners);
    else this.#early.push(end);
  }
}

/** Has whoever still reads the request's body know that no more comes; of an answered request, Node does not tell. */
function endRequest(this: ServerResponse): void {
  // oxlint-disable-next-line eslint/no-restricted-properties -- It is answered.
  this.req.destroy();
}

/** Ends a connection when the last answer that is due on it was sent. */
function endAfter(last: ServerResponse, socket: Socket): void {
  announceEnd(last);
  // Whose head was sent before cannot say so any more.
  last.once('close', () => socket.destroySoon());
}

function forget(connection: Connection, answered: ServerResponse): void {
  if (connection.last === answered) connection.last = undefined;
}

function isOfParser({ code }: Unreadable): boolean {
  return code === CONNECT.code || code === 'ERR_HTTP_REQUEST_TIMEOUT' || code?.startsWith('HPE_') === true;
}

/** Has the last answer of a connection say that it ends; one before it must not, or the last would be lost. */
function announceEnd(last: ServerResponse, before?: ServerResponse): void {
  if (before && !before.headersSent) before.shouldKeepAlive = true;
  last.shouldKeepAlive = false;
}

function listenFailure(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartupError(
        [`PORT=${port} is in use on ${host}. Stop what uses it, or set PORT to another.`],
        { cause: error },
      );
    case 'EACCES':
      return new StartupError([`PORT=${port} may not be used by this user. Set PORT to one above 1023.`], {
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartupError([`HOST=${JSON.stringify(host)} is not an address of this machine.`], {
        cause: error,
      });
    default:
      return error;
  }
}

function urlOf({ address, family, port }: AddressInfo): string {
  // All addresses of the machine: no client can go there, but this machine is one of them.
  if (address === '0.0.0.0' || address === '::') return `http://localhost:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
