/** The HTTP server: /graphql, /health and nothing else. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { StartupError } from '../startup-error.ts';
import { createGraphiQLPage, wantsPage } from './graphiql/page.ts';
import { createGraphQLHandler, GRAPHQL_PATH, type GraphQLOptions } from './graphql.ts';
import { refuse, sendJson } from './refusal.ts';
import { bodyRefusal, callersRequestId, foreignHostCheck } from './request-checks.ts';

export interface ServerOptions extends GraphQLOptions {
  readonly host: string;
  /** 0 stands for any free port. */
  readonly port: number;
}

export interface RunningServer {
  /** The server's address, without a slash at the end. */
  readonly url: string;
  /** Stops accepting connections and waits for the requests under way, at most {@link GRACE_MS}. */
  stop(): Promise<void>;
}

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

/** @throws StartupError when the address cannot be used. */
export async function startServer({ host, port, ...options }: ServerOptions): Promise<RunningServer> {
  const graphql = createGraphQLHandler(options);
  const page = createGraphiQLPage(options.gateway);
  const foreignHost = foreignHostCheck(host);
  /** Connections that have not sent a request yet. Browsers open some ahead, and Node does not count them as idle. */
  const unused = new Set<Socket>();
  let stopping = false;

  function listener(request: IncomingMessage, response: ServerResponse): void {
    unused.delete(request.socket);
    const requestId = callersRequestId(request) ?? randomUUID();
    response.setHeader('x-request-id', requestId);
    if (stopping) response.shouldKeepAlive = false;
    const refusal = foreignHost(request);
    if (refusal) return refuse(response, refusal);
    const path = pathOf(request);
    if (path === GRAPHQL_PATH) {
      if (wantsPage(request)) return page(request, response);
      if (request.method === 'POST') {
        const bad = bodyRefusal(request);
        if (bad) return refuse(response, bad);
        // Yoga knows it only in lower case and without a space before parameters.
        request.headers['content-type'] = 'application/json';
      }
      const exchange = { requestId, startedAt: performance.now() };
      graphql(request, response, exchange).catch((error: unknown) => {
        options.logger.error(
          { requestId, err: error },
          'A bug surfaced; the client was given the request id.',
        );
        answerBug(response, requestId);
      });
    } else if (path === '/health') {
      sendJson(response, stopping ? 503 : 200, { status: stopping ? 'stopping' : 'ok' });
    } else {
      const message = `Nothing is served at this path. GraphQL is at ${GRAPHQL_PATH}.`;
      refuse(response, { status: 404, code: 'NOT_FOUND', message });
    }
  }

  const server = createServer({ ...timeouts }, listener);
  server.on('connection', socket => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  await listen(server, host, port);
  return {
    url: urlOf(server.address() as AddressInfo),
    stop: () => {
      stopping = true;
      for (const socket of unused) socket.destroy();
      return close(server);
    },
  };
}

/** The errors of bugs in resolvers look the same; see error-answers.ts. */
function answerBug(response: ServerResponse, requestId: string): void {
  if (response.headersSent) {
    response.destroy();
  } else {
    const extensions = { code: 'INTERNAL_SERVER_ERROR', errorId: requestId };
    sendJson(response, 500, { errors: [{ message: 'Unexpected error.', extensions }] });
  }
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, host, port)));
    server.listen(port, host, resolve);
  });
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

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
}
