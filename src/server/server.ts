import { createGates } from './guards/gates.ts';
import type { Guards } from './guards/guard.ts';
import { guardsFor } from './guards/index.ts';
import { HTTPServer } from './http-server.ts';
import { createListeners, type RouteOptions } from './routes.ts';

export interface ServerOptions extends Omit<RouteOptions, 'gates'> {
  readonly host: string;
  /** 0 stands for any free port. */
  readonly port: number;
  /** {@link guardsFor} makes them if they are absent. */
  readonly guards?: Guards;
}

export interface RunningServer {
  /** The server's address, without a slash at the end. */
  readonly url: string;
  /**
   * Stops accepting connections and waits a while for the requests under way.
   *
   * @param giveUp Called when some took too long: lets them end at once, with what there is to say.
   */
  stop(giveUp?: () => void): Promise<void>;
}

/**
 * Serves GraphQL over HTTP.
 *
 * @throws StartupError when the address cannot be used.
 */
export async function startServer({ guards, ...options }: ServerOptions): Promise<RunningServer> {
  const gates = createGates(guards ?? guardsFor(options), options.logger);
  const server = new HTTPServer(createListeners({ ...options, gates }));
  const url = await server.listen(options.host, options.port);
  return { url, stop: (giveUp = () => {}) => server.stop(giveUp) };
}
