/** Node's HTTP server: how long it waits for clients, how it starts to listen, and how it stops. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { StartupError } from '../startup-error.ts';
import type { Listener } from './routes.ts';

/** How long requests under way may take when the server stops. Docker kills after 10 seconds. */
const GRACE_MS = 9_000;

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

/** A server that can be told to stop without losing a request. */
export class HTTPServer {
  readonly #server: Server;
  /** Connections that have not sent a request yet. Browsers open some ahead, and Node does not count them as idle. */
  readonly #unused = new Set<Socket>();
  #stopping = false;

  constructor(listener: Listener) {
    this.#server = createServer(options, (request, response) => {
      this.#unused.delete(request.socket);
      if (this.#stopping) response.shouldKeepAlive = false;
      void listener(request, response, this.#stopping);
    });
    this.#server.on('connection', socket => {
      this.#unused.add(socket);
      socket.once('close', () => this.#unused.delete(socket));
    });
  }

  /**
   * Starts to listen.
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

  /** Stops accepting connections and waits for the requests under way, at most {@link GRACE_MS}. */
  stop(): Promise<void> {
    this.#stopping = true;
    // oxlint-disable-next-line eslint/no-restricted-properties -- No request has come over these.
    for (const socket of this.#unused) socket.destroy();
    return new Promise(resolve => {
      const sweep = setInterval(() => this.#server.closeIdleConnections(), SWEEP_MS);
      const cut = setTimeout(() => this.#server.closeAllConnections(), GRACE_MS);
      this.#server.close(() => {
        clearInterval(sweep);
        clearTimeout(cut);
        resolve();
      });
    });
  }
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
