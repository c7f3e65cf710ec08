/**
 * SHA-256 and HMAC-SHA-256 for the SDK's signer, which makes some four of them for every request.
 *
 * The SDK's own class hands Node.js the HMAC's key as bytes each time, and turning bytes into a key costs more
 * than the digest: 8 % of a create's CPU time, measured. Keys here become `KeyObject`s once: the signer
 * derives a signing key once a day and passes the same array for every request.
 */
import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { Checksum, SourceData } from '@smithy/types';

export class Sha256 implements Checksum {
  readonly digestLength = 32;
  readonly #key: KeyObject | undefined;
  #data: Uint8Array = new Uint8Array();

  /** @param secret The key of an HMAC; without it, this is a plain digest. */
  constructor(secret?: SourceData) {
    this.#key = secret ? keyOf(secret) : undefined;
  }

  update(data: Uint8Array): void {
    this.#data = this.#data.length === 0 ? data : Buffer.concat([this.#data, data]);
  }

  async digest(): Promise<Uint8Array> {
    return this.#key
      ? createHmac('sha256', this.#key).update(this.#data).digest()
      : hash('sha256', this.#data, 'buffer');
  }

  reset(): void {
    this.#data = new Uint8Array();
  }
}

const keysOfBytes = new WeakMap<object, KeyObject>();

/** The secret access key, for the signer's look-up of the signing key; forgotten when another one comes. */
let keyOfText: { readonly text: string; readonly key: KeyObject } | undefined;

function keyOf(secret: SourceData): KeyObject {
  if (typeof secret === 'string') {
    if (keyOfText?.text !== secret) keyOfText = { text: secret, key: createSecretKey(secret, 'utf8') };
    return keyOfText.key;
  }
  let key = keysOfBytes.get(secret);
  if (!key) {
    key = createSecretKey(
      ArrayBuffer.isView(secret)
        ? Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength)
        : Buffer.from(secret),
    );
    keysOfBytes.set(secret, key);
  }
  return key;
}
