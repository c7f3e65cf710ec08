/** The HTTP side alone, with a schema of the test's own. */
import { type RunningServer, type ServerOptions, takeAddress } from '../../src/server/server.ts';

/** Serves at any free port of 127.0.0.1. */
export async function startServer(options: ServerOptions): Promise<RunningServer & { readonly url: string }> {
  const address = await takeAddress('127.0.0.1', 0);
  return { url: address.url, ...address.serve(options) };
}
