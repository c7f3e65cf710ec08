import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { administer, adminPrefix } from './admin.ts';
import { AwsException } from './exception.ts';
import { awsJsonFailure } from './protocols/aws-json.ts';
import { type WireAnswer, type WireRequest, withRequestId } from './protocols/protocol.ts';
import { readSignature } from './protocols/signature.ts';
import { readBody } from './request-body.ts';
import { refusal } from './responder.ts';
import { StartupError } from './startup-error.ts';
import type { RunningWorld, Worlds } from './worlds.ts';

/** How long requests in progress may take to end when local AWS stops. */
const graceMilliseconds = 1000;

/**
 * Listens, before there is anything to serve: no connection comes in before the turn of the event loop ends in which this
 * is done.
 *
 * @throws StartupError when the port is in use
 */
export async function listen(host: string, port: number): Promise<Server> {
  const server = createServer({
    // Longer than clients keep idle connections, so that none is closed just as a client reuses it.
    keepAliveTimeout: 75_000,
    // AWS's models let page tokens have 2,048 characters and ARNs 1,600, and each may take 12 bytes of a URL.
    maxHeaderSize: 65_536,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  return server;
}

/** What a server serves. */
export interface Served {
  /** The world of requests that name none. */
  readonly world: RunningWorld;
  readonly worlds: Worlds;
  /** Aborts when local AWS stops. */
  readonly stopping: AbortSignal;
}

/** The header that names the world of a request. */
export const WORLD_HEADER = 'x-local-aws-world';

/** The HTTP side: sockets, bodies, which world a request is for, and whether a path is AWS's or an admin endpoint. */
export class LocalAwsServer {
  readonly #server: Server;
  readonly #served: Served;

  /** @param server One that listens, and answers nothing so far. */
  constructor(server: Server, served: Served) {
    this.#served = served;
    this.#server = server.on('request', (request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        // A client that went away, or a wait that was cut short, leaves nobody to answer.
        const nobody = this.#served.stopping.aborted || request.socket.destroyed || response.headersSent;
        if (nobody) {
          request.socket.destroy();
          return;
        }
        console.error('local AWS: a request met an unexpected error', error);
        send(response, frontFailure('InternalFailure', 'An unexpected error happened in local AWS', 500));
      });
    });
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>(resolve => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    await Promise.race([closed, sleep(graceMilliseconds, undefined, { ref: false })]);
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (!body) {
      const answer = frontFailure('RequestEntityTooLargeException', 'The request body is too large', 413);
      send(response, { ...answer, headers: { ...answer.headers, connection: 'close' } });
      return;
    }
    const wireRequest = toWireRequest(request, body);
    const name = request.headers[WORLD_HEADER];
    const world = typeof name === 'string' ? this.#served.worlds.find(name) : this.#served.world;
    if (wireRequest.path.startsWith(adminPrefix)) {
      const { worlds } = this.#served;
      const contentType = request.headers['content-type'] ?? '';
      send(response, administer(wireRequest, contentType, { world, worlds }));
      return;
    }
    const outcome = world
      ? await world.responder.respond(wireRequest)
      : refusal(wireRequest, unknownWorld(name));
    if (outcome === 'drop') request.socket.resetAndDestroy();
    else send(response, outcome);
  }
}

function unknownWorld(name: unknown): AwsException {
  return new AwsException('UnknownWorldException', `Local AWS has no world ${JSON.stringify(name)}`);
}

/** A failure before any service was found. */
function frontFailure(name: string, message: string, status: number): WireAnswer {
  return withRequestId(awsJsonFailure(new AwsException(name, message), status), randomUUID());
}

function toWireRequest({ method = '', url = '', headers }: IncomingMessage, body: Buffer): WireRequest {
  const [path, search] = splitOnce(url.replace(absoluteForm, ''), '?');
  const query = new URLSearchParams(search);
  const target = headers['x-amz-target'] ?? valueIn(query, 'x-amz-target');
  return {
    method,
    path: path || '/',
    query,
    target: typeof target === 'string' ? target : undefined,
    signature: readSignature(headers.authorization, query),
    body,
  };
}

/** Scheme and host of a target such as `http://127.0.0.1:4566/accounts`, which clients send to what they take for a proxy. */
const absoluteForm = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i;

/** Clients that presign a request write the names of its headers in any case. */
function valueIn(query: URLSearchParams, lowerName: string): string | undefined {
  for (const [name, value] of query) if (name.toLowerCase() === lowerName) return value;
  return undefined;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function send(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartupError(`Port ${port} on ${host} is in use; choose another one with LOCAL_AWS_PORT.`);
  }
  return new StartupError(`Local AWS cannot listen on ${host}:${port}: ${error.message}.`);
}
