/** An issuer of tokens on this machine, with discovery and keys as OpenID Connect has them. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export const AUDIENCE = 'https://vestibule.example';

interface Key {
  readonly alg: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

interface TokenOptions {
  /** The id of the key to sign with; the issuer's newest if it is absent. */
  readonly kid?: string;
  readonly header?: Readonly<Record<string, unknown>>;
}

export class TestIssuer {
  /** Its address. */
  url = '';
  /** How often its keys were asked for, and how often it was asked for anything. */
  fetches = 0;
  requests = 0;
  /** What it says of itself, beside its own name and the address of its keys. */
  metadata: Readonly<Record<string, unknown>> = {};
  /** What it does with requests, in place of answering them. */
  fault: 'hang' | 'status' | 'nonsense' | undefined;
  /** How long it takes to give its keys. */
  delayMs = 0;
  readonly #keys = new Map<string, Key>();
  /** The ids of the keys that it shows. */
  readonly shown = new Set<string>();
  #server: Server | undefined;

  /** The variables of a gateway that takes its tokens, and does not wait long to look for other keys. */
  get env(): NodeJS.ProcessEnv {
    return {
      AUTH: 'oidc',
      OIDC_ISSUER: this.url,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_CLOCK_TOLERANCE_SECONDS: '0',
      OIDC_KEYS_COOLDOWN_SECONDS: '1',
    };
  }

  async addKey(kid: string, alg = 'ES256'): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
    this.#keys.set(kid, { kid, alg, privateKey, jwk });
    this.shown.add(kid);
  }

  key(kid?: string): Key {
    const key = kid === undefined ? [...this.#keys.values()].at(-1) : this.#keys.get(kid);
    if (!key) throw new Error(`The issuer has no key ${kid}.`);
    return key;
  }

  /** A token that is good for an hour, unless the claims say otherwise; a claim that is undefined is left out. */
  token(
    claims: Readonly<Record<string, unknown>> = {},
    { kid, header = {} }: TokenOptions = {},
  ): Promise<string> {
    const { privateKey, ...key } = this.key(kid);
    const now = Math.floor(Date.now() / 1_000);
    const all = { iss: this.url, aud: AUDIENCE, sub: 'ada', iat: now, exp: now + 3_600, ...claims };
    const jwt = new SignJWT(JSON.parse(JSON.stringify(all)));
    return jwt.setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT', ...header }).sign(privateKey);
  }

  /** Begins to answer, at the address that it had before. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      this.requests += 1;
      if (this.fault === 'hang') return;
      if (this.fault === 'status') return void response.writeHead(503).end();
      if (this.fault === 'nonsense') return void response.end('<html></html>');
      if (request.url === '/keys') {
        this.fetches += 1;
        const keys = [...this.shown].map(kid => this.key(kid).jwk);
        return void setTimeout(() => response.end(JSON.stringify({ keys })), this.delayMs);
      }
      if (request.url !== '/.well-known/openid-configuration') return void response.writeHead(404).end();
      response.end(JSON.stringify({ issuer: this.url, jwks_uri: `${this.url}/keys`, ...this.metadata }));
    });
    server.listen(Number(URL.parse(this.url)?.port ?? 0), '127.0.0.1');
    await once(server, 'listening');
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#server = server;
  }

  /** Is away from now on. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server?.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
}

/** Starts an issuer with one key, "first". */
export async function startIssuer(): Promise<TestIssuer> {
  const issuer = new TestIssuer();
  await issuer.addKey('first');
  await issuer.start();
  return issuer;
}
