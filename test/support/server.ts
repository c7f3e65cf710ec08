/** The HTTP side alone, with a schema of the test's own. */
import { type RunningServer, type ServerOptions, takeAddress } from '../../src/server/server.ts';
import { usualLimits } from './limits.ts';

/** Serves at any free port of 127.0.0.1, with the usual limits unless the test has its own. */
export async function startServer(
  options: Omit<ServerOptions, 'limits'> & Partial<Pick<ServerOptions, 'limits'>>,
): Promise<RunningServer & { readonly url: string }> {
  const address = await takeAddress('127.0.0.1', 0);
  return { url: address.url, ...address.serve({ limits: usualLimits, ...options }) };
}
