/** All that observes requests, as the configuration wants it. What is off is not loaded. */
import type { Logger } from 'pino';
import type { Config } from '../config/index.ts';
import type { RequestObserver } from '../schema/observer.ts';
import { operations } from '../schema/operation/registry.ts';
import type { ExchangeListener } from '../server/exchange-listener.ts';
import type { MetricsOptions } from './metrics.ts';
import { ProviderHealth, type ProvidersOfServices } from './provider-health.ts';

export interface Telemetry {
  readonly health: ProviderHealth;
  readonly observers: readonly RequestObserver[];
  readonly listeners: readonly ExchangeListener[];
  /** Where the metrics are served, if they are. */
  readonly metricsUrl: string | undefined;
  /** Sends what waits to be sent, and gives everything back. */
  stop(): Promise<void>;
}

/** @throws StartupError when the operator can put it right. */
export async function startTelemetry(
  { metrics: { port, host }, traces }: Pick<Config, 'metrics' | 'traces'>,
  services: ProvidersOfServices,
  sources: Pick<MetricsOptions, 'upstream' | 'connections' | 'inFlight' | 'audit'>,
  logger: Logger,
): Promise<Telemetry> {
  const health = new ProviderHealth(services);
  const observers: RequestObserver[] = [health];
  const listeners: ExchangeListener[] = [];
  const ends: (() => Promise<void>)[] = [];
  let metricsUrl: string | undefined;
  if (port !== undefined) {
    const { Metrics } = await import('./metrics.ts');
    const { serveMetrics } = await import('./metrics-server.ts');
    const metrics = new Metrics({
      operations: operations(),
      providerReports: () => health.report(),
      ...sources,
    });
    const server = await serveMetrics(metrics.registry, { host, port });
    observers.push(metrics);
    listeners.push(metrics);
    ends.push(server.stop);
    metricsUrl = server.url;
  }
  const exporter = tracesExporter(traces);
  if (exporter !== 'none') {
    const { startTraces } = await import('./traces.ts');
    const { listener, stop } = await startTraces({ ...traces, exporter, logger });
    listeners.push(listener);
    ends.push(stop);
  }
  return {
    health,
    observers,
    listeners,
    metricsUrl,
    stop: async () => {
      await Promise.all(ends.map(end => end()));
    },
  };
}

/** OpenTelemetry's own default is to send; here, it takes a word that somebody wants traces. */
function tracesExporter({ disabled, exporter, endpoint, tracesEndpoint }: Config['traces']) {
  if (disabled === 'true') return 'none';
  return exporter ?? ((endpoint ?? tracesEndpoint) ? 'otlp' : 'none');
}
