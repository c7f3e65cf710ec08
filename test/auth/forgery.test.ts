/** Which wrong signatures are found without jose: those of RSA, and never a right one. */
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { isForged } from '../../src/auth/forgery.ts';

async function signed(alg: string) {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const key = (await importJWK(await exportJWK(publicKey), alg)) as CryptoKey;
  const token = await new SignJWT({ scope: '*' }).setProtectedHeader({ alg }).sign(privateKey);
  const [header = '', claims = '', signature = ''] = token.split('.');
  const others = await new SignJWT({ scope: 'a' }).setProtectedHeader({ alg }).sign(privateKey);
  const wrong = [
    `${header}.${claims}.${'A'.repeat(signature.length)}`,
    `${header}.${claims}.${signature.slice(0, 8)}`,
    `${header}.${claims}.`,
    `${header}.${claims}.${others.split('.')[2]}`,
    `${header}.${claims.slice(0, -1)}.${signature}`,
  ];
  return { key, token, wrong };
}

test.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'])(
  'A wrong signature of %s is found, and a right one is none',
  async alg => {
    const { key, token, wrong } = await signed(alg);
    expect(isForged(token, key)).toBe(false);
    expect(wrong.map(each => isForged(each, key))).toEqual(wrong.map(() => true));
    expect(isForged(token, (await signed(alg)).key)).toBe(true);
  },
);

test.each(['ES256', 'ES384', 'ES512', 'EdDSA'])(
  'What is signed with %s is left to jose, right or wrong',
  async alg => {
    const { key, token, wrong } = await signed(alg);
    expect([token, ...wrong].map(each => isForged(each, key))).toEqual([token, ...wrong].map(() => false));
  },
);
