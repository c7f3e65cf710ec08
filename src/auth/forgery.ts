/**
 * Finds wrong RSA signatures. jose hands each signature to another thread and makes errors of what is wrong, which takes
 * more than the verification itself; that is nothing for a good token, which is verified once, but anybody can send forged
 * ones. Nothing is taken because of what is found here: what is not found wrong is verified by jose.
 */
import { constants, KeyObject, type VerifyPublicKeyInput, verify } from 'node:crypto';
import type { CryptoKey } from 'jose';

interface RsaKey {
  readonly key: KeyObject | (Omit<VerifyPublicKeyInput, 'key'> & { readonly key: KeyObject });
  readonly digest: string;
}

/** By jose's keys; undefined for those that are not of RSA, of which a verification takes longer than all that jose adds. */
const known = new WeakMap<CryptoKey, RsaKey | undefined>();

/** Whether a token has an RSA signature that is certainly not of this key. */
export function isForged(token: string, key: CryptoKey): boolean {
  if (!known.has(key)) known.set(key, rsaKeyOf(key));
  const rsa = known.get(key);
  if (!rsa) return false;
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  return !verify(rsa.digest, Buffer.from(token.slice(0, end)), rsa.key, signature);
}

function rsaKeyOf(cryptoKey: CryptoKey): RsaKey | undefined {
  const { name, hash } = cryptoKey.algorithm as RsaHashedKeyAlgorithm;
  switch (name) {
    case 'RSASSA-PKCS1-v1_5':
      // With its padding beside it, Node would take three times as long to see what it is.
      return { key: KeyObject.from(cryptoKey), digest: hash.name };
    case 'RSA-PSS': {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
      return { key: { key: KeyObject.from(cryptoKey), padding, saltLength }, digest: hash.name };
    }
    default:
      return undefined;
  }
}
