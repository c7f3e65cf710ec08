/** An issuer of tokens, in the run's own process. Gateways ask it for its keys once. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const AUDIENCE = 'bench';

/** What most issuers sign with. */
const ALGORITHM = 'RS256';

export interface Issuer {
  /** The settings of a gateway that takes its tokens. */
  readonly settings: Readonly<Record<string, string>>;
  /** A token that may do everything for as long as a run takes. */
  readonly token: string;
  readonly stop: () => void;
}

export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const key = { ...(await exportJWK(publicKey)), kid: 'bench', alg: ALGORITHM, use: 'sig' };
  const server = createServer(({ url }, response) => {
    const answer = url === '/keys' ? { keys: [key] } : { issuer, jwks_uri: `${issuer}/keys` };
    response.end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = await new SignJWT({ scope: '*' })
    .setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setSubject('bench')
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(privateKey);
  return {
    settings: { AUTH: 'oidc', OIDC_ISSUER: issuer, OIDC_AUDIENCE: AUDIENCE },
    token,
    stop: () => void server.close(),
  };
}
