/** A gateway that takes the tokens of an issuer with keys of several kinds, for all tests of a file. */
import { afterAll, beforeAll } from 'vitest';
import { startTestGateway, type TestGateway } from './gateway.ts';
import { startIssuer, type TestIssuer } from './issuer.ts';

/** What is there once the tests run. */
export interface Authenticated {
  readonly issuer: TestIssuer;
  readonly gateway: TestGateway;
}

export function useAuthenticated(): Authenticated {
  let issuer: TestIssuer;
  let gateway: TestGateway;
  beforeAll(async () => {
    issuer = await startIssuer();
    for (const alg of ['RS256', 'PS256', 'EdDSA', 'ES384']) await issuer.addKey(alg, alg);
    await issuer.addKey('newest');
    gateway = await startTestGateway({ ...issuer.env, OIDC_KEYS_COOLDOWN_SECONDS: '3600' });
  });
  afterAll(async () => {
    await gateway.stop();
    await issuer.stop();
  });
  return {
    get issuer() {
      return issuer;
    },
    get gateway() {
      return gateway;
    },
  };
}
