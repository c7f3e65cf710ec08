/** Vestibule as it is operated: callers have tokens, changes are audited into a file, metrics are on. */
import { truncateSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { logFile, logPath } from '../files.ts';
import { startIssuer } from './issuer.ts';
import { startVestibule, type VestibuleOptions, type VestibuleProcess } from './vestibule.ts';

/** @param options For profiles. */
export function startSecured(
  endpoint: string,
  options: Pick<VestibuleOptions, 'nodeOptions'> = {},
): Promise<VestibuleProcess> {
  return startOperated(endpoint, 'secured', {}, options);
}

/** The same, with traces of 1 % of the requests. */
export async function startTraced(endpoint: string): Promise<VestibuleProcess> {
  const collector = createServer((request, response) => {
    request.resume();
    response.end('{}');
  });
  await new Promise<void>(resolve => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  const traced = await startOperated(endpoint, 'traced', {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_TRACES_SAMPLER: 'traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.01',
  });
  return {
    ...traced,
    stop: async () => {
      await traced.stop();
      collector.close();
    },
  };
}

/** @param options Its log has the `name`, and its audit trail the one that {@link auditOf} tells. */
export async function startOperated(
  endpoint: string,
  name: string,
  settings: Readonly<Record<string, string>>,
  options: Pick<VestibuleOptions, 'nodeOptions' | 'channel'> = {},
): Promise<VestibuleProcess> {
  const issuer = await startIssuer();
  const audit = auditOf(name);
  logFile(audit);
  const vestibule = await startVestibule(endpoint, {
    ...options,
    name,
    env: { ...issuer.settings, AUDIT: logPath(audit), METRICS_PORT: '0', BAD_TOKEN_RATE: 'off', ...settings },
    headers: { authorization: `Bearer ${issuer.token}` },
  });
  return {
    ...vestibule,
    measure: async (job, plan) => {
      const result = await vestibule.measure(job, plan);
      truncateSync(logPath(audit));
      return result;
    },
    stop: async () => {
      await vestibule.stop();
      issuer.stop();
    },
  };
}

/** What the audit trail is called of a gateway whose log is called so. */
export function auditOf(name: string): string {
  return `${name}-audit`;
}
