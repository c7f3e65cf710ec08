/** Where the keys of an issuer of tokens are, by OpenID Connect's discovery. */
import { isLoopback } from '../loopback.ts';

/** The issuer says something that no waiting puts right. */
export class IssuerMistake extends Error {
  override readonly name = 'IssuerMistake';
}

/** Far more than any issuer's keys. */
const MAX_BYTES = 1_048_576;

/** Whether nobody on the way can change what this address answers with. */
export function isTrustworthy({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replace(/^\[(.*)\]$/, '$1')));
}

/**
 * Fetches the keys of an issuer. Where they are is looked up each time: it may change.
 *
 * @throws IssuerMistake when what it says of itself cannot be used.
 */
export async function fetchKeys(issuer: string, signal: AbortSignal): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { issuer: stated, jwks_uri: keys } = JSON.parse(await fetchText(address, signal)) ?? {};
  if (stated !== issuer) {
    const told = typeof stated === 'string' ? JSON.stringify(stated) : 'nothing';
    throw new IssuerMistake(
      `OIDC_ISSUER is ${JSON.stringify(issuer)}, and ${address} says that the issuer is ${told}: both must be the same, to the last character`,
    );
  }
  const url = typeof keys === 'string' ? URL.parse(keys) : null;
  if (!url || !isTrustworthy(url)) {
    throw new IssuerMistake(
      `${address} names no address for the issuer's keys (jwks_uri) that begins with https://`,
    );
  }
  return fetchText(url.href, signal);
}

async function fetchText(address: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(address, {
    signal,
    redirect: 'error',
    headers: { accept: 'application/json' },
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${address} answered with status ${response.status}.`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new Error(`${address} answered with more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
