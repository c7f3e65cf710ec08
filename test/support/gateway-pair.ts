/** Two gateways that share their memory of changes, and their AWS. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { RunningGateway } from '../../src/gateway.ts';
import { startGatewayOn } from './aws-gateway.ts';
import { startTestGateway, type TestGateway } from './gateway.ts';

/** The first gives up at once what the other goes on with. */
export interface Pair {
  readonly gateway: TestGateway;
  readonly other: RunningGateway;
  readonly stop: () => Promise<void>;
}

export async function startPair(): Promise<Pair> {
  const secret = randomUUID();
  const gateway = await startTestGateway({
    DATABASE_SECRET: secret,
    SETTLE_TIMEOUT_MS: '0',
    AWS_BREAKER_FAILURES: '0',
  });
  const other = await startGatewayOn(gateway.localAws.url, {
    DATABASE_URL: inject('databaseUrl'),
    DATABASE_SECRET: secret,
    IDENTITY_STORE_ID: 'd-9067012345',
  });
  return {
    gateway,
    other,
    async stop() {
      await other.stop();
      await gateway.stop();
    },
  };
}
