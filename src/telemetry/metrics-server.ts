/** Serves the metrics at an address of their own, which callers of the API need not reach. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { StartupError } from '../startup-error.ts';

export interface MetricsServer {
  /** The address of the metrics. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const PATH = '/metrics';

/** Prometheus asks every few seconds, over one connection. */
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 5_000,
} as const;

/**
 * @param registry What is served.
 * @throws StartupError when the address cannot be used.
 */
export async function serveMetrics(
  registry: Registry,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const server = createServer(timeouts, async ({ method, url }, response) => {
    if (method !== 'GET' || url !== PATH) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end(`The metrics are at ${PATH}.\n`);
      return;
    }
    const page = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType }).end(page);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const place = `METRICS_HOST=${JSON.stringify(host)} and METRICS_PORT=${port}`;
      reject(
        new StartupError([`The metrics cannot be served at ${place}: ${error.code}.`], { cause: error }),
      );
    });
    server.listen(port, host, resolve);
  });
  const { address, family, port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}${PATH}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
