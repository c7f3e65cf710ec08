/** Node's HTTP server: how long it waits for clients, how it starts to listen, and how it stops. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { StartupError } from '../startup-error.ts';
import type { Listener } from './routes.ts';

/** How long requests under way may take when the server stops. Docker kills after 10 seconds. */
const GRACE_MS = 8_000;

/** How long it then takes at most to tell the clients that their requests were given up. */
const FAREWELL_MS = 1_000;

/** How often connections that became idle are closed while the server stops. */
const SWEEP_MS = 50;

/**
 * How long a client may take to send a request. A request is at most 1 MiB, so a slower client holds the
 * connection on purpose (https://en.wikipedia.org/wiki/Slowloris_(cyber_attack)) or is of no use.
 */
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Load balancers keep idle connections for 60 seconds; the one that opened a connection should close it.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
} as const;

/** A guard says in GraphQL's form what Node would say with an empty body. */
const options = { ...timeouts, requireHostHeader: false } as const;

/** A server that listens before it can serve, and that can be told to stop without losing a request. */
export class HTTPServer {
  readonly #server: Server;
  /** Requests that came before there was a listener. */
  readonly #early: (readonly [IncomingMessage, ServerResponse])[] = [];
  #listener: Listener | undefined;
  /** Each connection's last answer, or undefined if it has not sent a request yet. Browsers open some ahead. */
  readonly #connections = new Map<Socket, ServerResponse | undefined>();
  #stopping = false;

  constructor() {
    this.#server = createServer(options, (request, response) => {
      if (this.#stopping) announceEnd(response, this.#connections.get(request.socket));
      this.#connections.set(request.socket, response);
      if (this.#listener) void this.#listener(request, response, this.#stopping);
      else this.#early.push([request, response]);
    });
    this.#server.on('connection', socket => {
      this.#connections.set(socket, undefined);
      socket.once('close', () => this.#connections.delete(socket));
    });
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

  serve(listener: Listener): void {
    this.#listener = listener;
    for (const [request, response] of this.#early.splice(0)) void listener(request, response, this.#stopping);
  }

  /** Ends at once, with whatever requests are there. */
  abandon(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /**
   * Stops accepting connections and waits for the requests under way.
   *
   * @param giveUp Has those answered that took longer than {@link GRACE_MS}; what is not is cut off.
   */
  stop(giveUp: () => void): Promise<void> {
    this.#stopping = true;
    for (const [socket, response] of this.#connections) {
      if (response) announceEnd(response);
      // oxlint-disable-next-line eslint/no-restricted-properties -- No request has come over it; Node does not count it as idle.
      else socket.destroy();
    }
    return new Promise(resolve => {
      const sweep = setInterval(() => this.#server.closeIdleConnections(), SWEEP_MS);
      const end = setTimeout(giveUp, GRACE_MS);
      const cut = setTimeout(() => this.#server.closeAllConnections(), GRACE_MS + FAREWELL_MS);
      this.#server.close(() => {
        clearInterval(sweep);
        clearTimeout(end);
        clearTimeout(cut);
        resolve();
      });
    });
  }
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
