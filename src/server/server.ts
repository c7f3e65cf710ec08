import { createGates } from './guards/gates.ts';
import type { Guards } from './guards/guard.ts';
import { guardsFor } from './guards/index.ts';
import { HTTPServer, type StopOptions } from './http-server.ts';
import { InFlight } from './in-flight/requests.ts';
import { createListeners, type RouteOptions } from './routes.ts';

export interface ServerOptions extends Omit<RouteOptions, 'gates'> {
  /** {@link guardsFor} makes them if they are absent. */
  readonly guards?: Guards;
}

const atOnce: Omit<StopOptions, 'endStreams'> = { delayMs: 0, graceMs: 8_000, giveUp: () => {} };

/** An address that nobody else can take any more. */
export interface TakenAddress {
  /** Without a slash at the end. */
  readonly url: string;
  /** Serves GraphQL over HTTP, the requests first that have come meanwhile. */
  serve(options: ServerOptions): RunningServer;
  /** Ends all connections, and leaves the address to others. */
  giveBack(): void;
}

export interface RunningServer {
  /** The GraphQL requests under way and what they hold, for metrics. */
  readonly inFlight: Pick<InFlight, 'count' | 'maximum'> & {
    readonly [Held in 'waiting' | 'coming' | 'bodies' | 'upstreamBytes' | 'values' | 'subscriptions']: Pick<
      InFlight[Held],
      'count' | 'maximum'
    >;
  };
  /** The clients that are connected, for metrics. */
  readonly connections: Pick<HTTPServer['connections'], 'count' | 'maximum'>;
  /** Stops accepting connections and waits a while for the requests under way. */
  stop(options?: Partial<typeof atOnce>): Promise<void>;
}

/**
 * Listens at an address.
 *
 * @param port 0 stands for any free port.
 * @param maxConnections How many clients may be connected.
 * @throws StartupError when the address cannot be used.
 */
export async function takeAddress(
  host: string,
  port: number,
  maxConnections = Number.POSITIVE_INFINITY,
): Promise<TakenAddress> {
  const server = new HTTPServer(maxConnections);
  const url = await server.listen(host, port);
  return {
    url,
    serve: ({ guards, ...options }) => {
      const inFlight = new InFlight(options.limits);
      const gates = createGates(guards ?? guardsFor({ ...options, host, inFlight }), options.logger);
      server.serve(createListeners({ ...options, gates }));
      const endStreams = () => inFlight.subscriptions.endAll();
      const { connections } = server;
      return { inFlight, connections, stop: (how = {}) => server.stop({ ...atOnce, ...how, endStreams }) };
    },
    giveBack: () => server.abandon(),
  };
}
