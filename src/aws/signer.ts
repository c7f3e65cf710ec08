/**
 * AWS Signature Version 4 with the signing key kept.
 *
 * The SDK makes a signer for every request, and its signer turns the secret into a key object for every digest,
 * which Node.js does slowly. Here the day's signing key is derived once, by the SDK's own function, and kept as what its
 * HMACs begin with. Which headers are signed is the SDK's decision too, asked once for each set of headers: there are as
 * many as the operations have, while the SDK goes through all headers several times for every request.
 */
import { hash } from 'node:crypto';
import { Sha256Node } from '@smithy/core/checksum';
import {
  ALGORITHM_IDENTIFIER,
  AMZ_DATE_HEADER,
  AUTH_HEADER,
  createScope,
  getCanonicalHeaders,
  getSigningKey,
  prepareRequest,
  SHA256_HEADER,
  SignatureV4Base,
  TOKEN_HEADER,
} from '@smithy/signature-v4';
import type {
  AwsCredentialIdentity,
  DateInput,
  HttpRequest,
  Provider,
  RequestSigner,
  RequestSigningArguments,
} from '@smithy/types';

/** A signing key, ready for use, and what it was derived from: the id of the access key is not a part of that. */
interface DerivedKey {
  readonly key: HmacKey;
  readonly scope: string;
  readonly secretAccessKey: string;
}

/** What is signed of requests that have the same headers. */
interface SignedHeaders {
  /** In the order of the signature, by their names in the signature and in the request. */
  readonly names: readonly { readonly canonical: string; readonly original: string }[];
  readonly list: string;
}

export class KeyKeepingSigner extends SignatureV4Base implements RequestSigner {
  #derived: DerivedKey | undefined;
  #time = { second: Number.NaN, longDate: '', shortDate: '' };
  readonly #signedHeaders = new Map<string, SignedHeaders>();

  /** @param credentials Is asked for every request, so that credentials may change at any time. */
  constructor(credentials: Provider<AwsCredentialIdentity>, region: Provider<string>, service: string) {
    super({ credentials, region, service, sha256: Sha256Node });
  }

  /** Signs a copy of a request whose body, if it has one, is text or bytes. */
  async sign(original: HttpRequest, options: RequestSigningArguments = {}): Promise<HttpRequest> {
    const { signingDate = new Date(), signingService = this.service } = options;
    const credentials = await this.credentialProvider();
    this.validateResolvedCredentials(credentials);
    const region = options.signingRegion ?? (await this.regionProvider());
    const { longDate, shortDate } = this.#timeOf(signingDate);
    const scope = createScope(shortDate, region, signingService);
    const key =
      this.#keptKey(credentials, scope) ??
      (await this.#deriveKey(credentials, scope, shortDate, region, signingService));

    const request = prepareRequest(original);
    const payloadHash = hash('sha256', (request.body ?? '') as string | Uint8Array, 'hex');
    request.headers[AMZ_DATE_HEADER] = longDate;
    if (credentials.sessionToken) request.headers[TOKEN_HEADER] = credentials.sessionToken;
    request.headers[SHA256_HEADER] = payloadHash;

    const signed = this.#signedHeadersOf(request);
    const canonicalRequest = this.#canonicalRequest(request, signed, payloadHash);
    const text = `${ALGORITHM_IDENTIFIER}\n${longDate}\n${scope}\n${hash('sha256', canonicalRequest, 'hex')}`;
    const signature = key.sign(text);
    request.headers[AUTH_HEADER] =
      `${ALGORITHM_IDENTIFIER} Credential=${credentials.accessKeyId}/${scope}, ` +
      `SignedHeaders=${signed.list}, Signature=${signature}`;
    return request;
  }

  #timeOf(date: DateInput): { readonly longDate: string; readonly shortDate: string } {
    if (!(date instanceof Date)) return this.formatDate(date);
    const second = Math.floor(date.getTime() / 1_000);
    if (second !== this.#time.second) this.#time = { second, ...this.formatDate(date) };
    return this.#time;
  }

  #signedHeadersOf(request: HttpRequest): SignedHeaders {
    const originals = Object.keys(request.headers);
    const id = originals.join('\n');
    let signed = this.#signedHeaders.get(id);
    if (!signed) {
      const canonical = Object.keys(getCanonicalHeaders(request)).toSorted();
      const names = canonical.map(name => ({
        canonical: name,
        original: originals.find(original => original.toLowerCase() === name) ?? name,
      }));
      signed = { names, list: canonical.join(';') };
      this.#signedHeaders.set(id, signed);
    }
    return signed;
  }

  /** What `createCanonicalRequest` makes; it is asked only where there is more to it than headers. */
  #canonicalRequest(request: HttpRequest, { names, list }: SignedHeaders, payloadHash: string): string {
    const { method, path, query, headers } = request;
    if (path !== '/' || Object.keys(query ?? {}).length > 0) {
      return this.createCanonicalRequest(request, getCanonicalHeaders(request), payloadHash);
    }
    let lines = '';
    for (const { canonical, original } of names) {
      lines += `${canonical}:${canonicalValue(headers[original] ?? '')}\n`;
    }
    return `${method}\n/\n\n${lines}\n${list}\n${payloadHash}`;
  }

  #keptKey({ secretAccessKey }: AwsCredentialIdentity, scope: string): HmacKey | undefined {
    const kept = this.#derived;
    return kept?.scope === scope && kept.secretAccessKey === secretAccessKey ? kept.key : undefined;
  }

  async #deriveKey(
    credentials: AwsCredentialIdentity,
    scope: string,
    shortDate: string,
    region: string,
    service: string,
  ): Promise<HmacKey> {
    const { secretAccessKey } = credentials;
    const bytes = await getSigningKey(Sha256Node, credentials, shortDate, region, service);
    const key = new HmacKey(bytes);
    this.#derived = { key, scope, secretAccessKey };
    return key;
  }
}

/** Most values have no white space but single blanks within. */
function canonicalValue(value: string): string {
  return /[\r\n\t]| {2}|^ | $/.test(value)
    ? value.replaceAll(/[ \t\r\n]+/g, ' ').replaceAll(/^ | $/g, '')
    : value;
}

/** The block of SHA-256, in bytes. */
const BLOCK = 64;

/** Longer than what is signed, of which the names of the region and the service vary. */
const TEXT_ROOM = 512;

/**
 * A key of HMAC-SHA256 (RFC 2104), with room for what is signed behind what comes before it. Node's own HMAC looks the
 * algorithm up for each text, and bytes that are made for each take most of the time that is left.
 */
class HmacKey {
  readonly #inner = Buffer.alloc(BLOCK + TEXT_ROOM);
  readonly #outer = Buffer.alloc(BLOCK + 32);

  /** @param key Not longer than a block, as digests are. */
  constructor(key: Uint8Array) {
    for (let at = 0; at < BLOCK; at += 1) {
      const byte = key[at] ?? 0;
      this.#inner[at] = byte ^ 0x36;
      this.#outer[at] = byte ^ 0x5c;
    }
  }

  /** @param text Of ASCII. */
  sign(text: string): string {
    if (text.length > TEXT_ROOM) throw new RangeError('The text to sign is too long.');
    const end = BLOCK + this.#inner.write(text, BLOCK, 'latin1');
    this.#outer.write(hash('sha256', this.#inner.subarray(0, end), 'binary'), BLOCK, 'latin1');
    return hash('sha256', this.#outer, 'hex');
  }
}
