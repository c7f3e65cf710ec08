/** A gateway whose AWS is a server of the test's own, reached as AWS itself is. */
import { randomUUID } from 'node:crypto';
import { type Logger, pino } from 'pino';
import { inject, vi } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { type RunningGateway, startGateway } from '../../src/gateway.ts';

/** No audit trail, which would stand in the output of the test run, and no waiting for quotas, which such an AWS has not. */
const quiet = { AUDIT: 'off', AWS_BUDGETS: 'off' };

/**
 * Starts a gateway that takes what listens at `endpoint` for AWS. What it reads of AWS's own variables is stubbed for as
 * long as the test does not undo it.
 *
 * @param env The gateway's environment variables, beside those of AWS.
 */
export function startGatewayOn(
  endpoint: string,
  env: NodeJS.ProcessEnv = {},
  logger: Logger = pino({ level: 'silent' }),
): Promise<RunningGateway> {
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  const database = {
    DATABASE_URL: inject('databaseUrl'),
    DATABASE_SECRET: randomUUID(),
    JOB_WORKERS: '0',
    SHARED_BUDGETS: 'off',
  };
  const config = readConfig({
    PORT: '0',
    AWS_BACKEND: 'aws',
    AUTH: 'none',
    ...quiet,
    ...database,
    ...env,
  });
  return startGateway(config, { logger });
}
