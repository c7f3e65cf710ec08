/** The keys of an issuer: fetched when they are needed, kept for a while, and used a while longer if it is away. */
import {
  type CryptoKey,
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type ExportedJWKSCache,
  errors,
  type JWKSCacheInput,
  type JWSHeaderParameters,
  type JWTVerifyGetKey,
  jwksCache,
} from 'jose';

export interface KeyOptions {
  /** Gives the keys as the text of a JSON Web Key Set. */
  readonly fetchKeys: (signal: AbortSignal) => Promise<string>;
  /** How old keys may be before they are fetched anew, beside the requests. */
  readonly refreshMs: number;
  /** How old keys may be that are still used, when no newer ones can be had. */
  readonly maxAgeMs: number;
  /** How long nothing is fetched after a failure, or for a token with a key that is not there. */
  readonly cooldownMs: number;
  readonly failed: (error: unknown) => void;
}

/** Nobody can say whether a token is good: the keys are not there. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** How long one fetch may take, the discovery included. */
const FETCH_TIMEOUT_MS = 5_000;

/** The address is a name only: what fetches knows the way. */
const unused = new URL('https://issuer.invalid/');

export class IssuerKeys {
  readonly #options: KeyOptions;
  /** jose puts what it has fetched in here. */
  readonly #cache: Partial<ExportedJWKSCache> = {};
  readonly #remote: ReturnType<typeof createRemoteJWKSet>;
  /** What was found of those in use, by the parts of headers that tell it. */
  #found = { keys: undefined as object | undefined, byHeader: new Map<string, CryptoKey>() };
  #refreshAt = 0;
  #closedUntil = 0;

  constructor(options: KeyOptions) {
    this.#options = options;
    this.#remote = createRemoteJWKSet(unused, {
      timeoutDuration: FETCH_TIMEOUT_MS,
      cooldownDuration: options.cooldownMs,
      cacheMaxAge: options.maxAgeMs,
      [jwksCache]: this.#cache as JWKSCacheInput,
      [customFetch]: (_url, { signal }) => this.#fetch(signal),
    });
  }

  /** Fetches them now. */
  load(): Promise<void> {
    return this.#remote.reload();
  }

  /** The keys in use, another object after each fetch; undefined when there are none or they are too old. */
  get current(): object | undefined {
    return this.#remote.fresh ? this.#cache.jwks : undefined;
  }

  /** Has them fetched when it is time, without anybody waiting for it. */
  refresh(now: number): void {
    if (now < this.#refreshAt) return;
    this.#refreshAt = now + this.#options.cooldownMs;
    // Failures are told where they happen.
    this.#remote.reload().catch(() => {});
  }

  /**
   * The key that a token is signed with.
   *
   * @throws KeysUnavailable when there are none; jose's own errors when the token names none of them.
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    try {
      const key = await this.#remote(header, token);
      const { current } = this;
      if (this.#found.keys !== current) this.#found = { keys: current, byHeader: new Map() };
      this.#found.byHeader.set(idOf(header), key);
      return key;
    } catch (error) {
      if (isAboutToken(error)) throw error;
      throw new KeysUnavailable('The keys of the issuer are not there.', { cause: error });
    }
  };

  /** The same key at once, if it is in use and was found before. */
  recall(header: JWSHeaderParameters): CryptoKey | undefined {
    return this.#found.keys === this.current ? this.#found.byHeader.get(idOf(header)) : undefined;
  }

  /** jose bounds how often it fetches after a success, and not after a failure. */
  async #fetch(signal: AbortSignal): Promise<Response> {
    if (Date.now() < this.#closedUntil) throw new KeysUnavailable('The last attempt has failed just now.');
    const { fetchKeys, refreshMs, cooldownMs, failed } = this.#options;
    try {
      const text = await fetchKeys(signal);
      createLocalJWKSet(JSON.parse(text));
      this.#refreshAt = Date.now() + refreshMs;
      return new Response(text);
    } catch (error) {
      this.#closedUntil = Date.now() + cooldownMs;
      failed(error);
      throw error;
    }
  }
}

function idOf({ alg, kid }: JWSHeaderParameters): string {
  return `${alg} ${kid}`;
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
