/** How long the server waits for clients. */

/**
 * How long a client may take to send a request. A request is at most 1 MiB, so a slower client holds the
 * connection on purpose (https://en.wikipedia.org/wiki/Slowloris_(cyber_attack)) or is of no use.
 */
export const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Load balancers keep idle connections for 60 seconds; the one that opened a connection should close it.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
} as const;
