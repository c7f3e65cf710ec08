/** Tokens as nobody who has the key makes them. */
import { createHmac } from 'node:crypto';
import type { TestIssuer } from './issuer.ts';

export const unreadable = 'The token is not a JSON Web Token that can be verified here.';
export const seconds = () => Math.floor(Date.now() / 1_000);
export const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that says what the issuer's do, with this header and whatever signs it. */
export async function forgedOf(
  issuer: TestIssuer,
  header: object,
  sign: (text: string) => string,
): Promise<string> {
  const [, claims] = (await issuer.token({ scope: '*' })).split('.');
  const text = `${encode(header)}.${claims}`;
  return `${text}.${sign(text)}`;
}

export const hmac = (secret: string | Buffer) => (text: string) =>
  createHmac('sha256', secret).update(text).digest('base64url');
