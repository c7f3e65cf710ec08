/** Bearer tokens over HTTP that are not taken. */
import { createPublicKey } from 'node:crypto';
import { CompactSign, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { useAuthenticated } from '../support/authenticated.ts';
import { encode, forgedOf, hmac, seconds, unreadable } from '../support/forged-tokens.ts';
import { AUDIENCE } from '../support/issuer.ts';
import { ask as askGateway, query, refused, served, withToken } from '../support/tokens.ts';

const there = useAuthenticated();
const ask = (headers: Record<string, string>, document?: string) =>
  askGateway(there.gateway, headers, document);
const forged = (header: object, sign: (text: string) => string) => forgedOf(there.issuer, header, sign);

async function signedByAnother(header: Record<string, unknown>, alg = 'ES256'): Promise<string> {
  const { privateKey } = await generateKeyPair(alg);
  const claims = { iss: there.issuer.url, aud: AUDIENCE, sub: 'eve', scope: '*', exp: seconds() + 60 };
  return new SignJWT(claims).setProtectedHeader({ alg, ...header }).sign(privateKey);
}

const attacks: readonly (readonly [what: string, make: () => string | Promise<string>, reason: string])[] = [
  ['that is empty', () => '', unreadable],
  ['that is no token', () => 'null', unreadable],
  ['of three parts that are nothing', () => 'a.b.c', unreadable],
  [
    'with a second token behind it',
    async () => `${await there.issuer.token()} ${await there.issuer.token()}`,
    unreadable,
  ],
  ['that is encrypted', () => `${encode({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`, unreadable],
  ['of 8,193 characters', () => 'x'.repeat(8_193), 'The token has 8193 characters, and may have 8192.'],
  ['that has expired', () => there.issuer.token({ exp: seconds() - 1 }), 'The token has expired.'],
  [
    'that does not expire',
    () => there.issuer.token({ exp: undefined }),
    'The token does not say when it expires.',
  ],
  [
    'that expires at a text',
    () => there.issuer.token({ exp: '9999999999' }),
    'The token does not say when it expires.',
  ],
  ['that is not valid yet', () => there.issuer.token({ nbf: seconds() + 60 }), 'The token is not valid yet.'],
  [
    'for another audience',
    () => there.issuer.token({ aud: 'https://other.example' }),
    'The token is for another audience.',
  ],
  [
    'for an audience that begins alike',
    () => there.issuer.token({ aud: [`${AUDIENCE}.evil`, AUDIENCE.toUpperCase()] }),
    'The token is for another audience.',
  ],
  ['for no audience', () => there.issuer.token({ aud: undefined }), 'The token is for another audience.'],
  [
    'of another issuer',
    () => there.issuer.token({ iss: 'https://other.example' }),
    'The token is of another issuer.',
  ],
  [
    'of the issuer with a slash',
    () => there.issuer.token({ iss: `${there.issuer.url}/` }),
    'The token is of another issuer.',
  ],
  ['of no issuer', () => there.issuer.token({ iss: undefined }), 'The token is of another issuer.'],
  ['of nobody', () => there.issuer.token({ sub: undefined }), 'The token does not say whose it is.'],
  [
    'without a signature',
    () => forged({ alg: 'none', typ: 'JWT' }, () => ''),
    'The token is signed with an algorithm that is not taken here.',
  ],
  [
    'without a signature, in other letters',
    () => forged({ alg: 'nOnE' }, () => ''),
    'The token is signed with an algorithm that is not taken here.',
  ],
  [
    'with its signature cut off',
    () => forged({ alg: 'ES256', kid: 'newest' }, () => ''),
    'The signature of the token is wrong.',
  ],
  [
    'signed with the public key as a secret',
    () =>
      forged(
        { alg: 'HS256', kid: 'RS256' },
        hmac(
          createPublicKey({ key: there.issuer.key('RS256').jwk, format: 'jwk' }).export({
            type: 'spki',
            format: 'pem',
          }),
        ),
      ),
    'The token is signed with an algorithm that is not taken here.',
  ],
  [
    'signed with the text of the key as a secret',
    () => forged({ alg: 'HS256', kid: 'RS256' }, hmac(JSON.stringify(there.issuer.key('RS256').jwk))),
    'The token is signed with an algorithm that is not taken here.',
  ],
  [
    'that names an algorithm that its key does not have',
    () => forged({ alg: 'RS256', kid: 'newest' }, hmac('x')),
    'The token is signed with a key that its issuer does not have.',
  ],
  [
    'signed with an algorithm that is not in the list',
    () => there.issuer.token({}, { kid: 'ES384' }),
    'The token is signed with an algorithm that is not taken here.',
  ],
  [
    'signed by another with the same name',
    () => signedByAnother({ kid: 'newest' }),
    'The signature of the token is wrong.',
  ],
  [
    'signed with an unknown key',
    () => signedByAnother({ kid: 'unknown' }),
    'The token is signed with a key that its issuer does not have.',
  ],
  [
    'that does not say which of several keys',
    () => there.issuer.token({}, { header: { kid: undefined } }),
    'The token does not say with which key it is signed.',
  ],
  [
    'that brings its own key',
    async () => {
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
      const claims = { iss: there.issuer.url, aud: AUDIENCE, sub: 'eve', exp: seconds() + 60 };
      const jwk = await exportJWK(publicKey);
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'own', jwk }).sign(privateKey);
    },
    'The token is signed with a key that its issuer does not have.',
  ],
  [
    'that tells where its key is',
    () => signedByAnother({ kid: 'own', jku: 'http://127.0.0.1:9/keys' }),
    'The token is signed with a key that its issuer does not have.',
  ],
  [
    'that brings a certificate, and the name of a key of the issuer',
    () => signedByAnother({ kid: 'newest', x5c: ['MIIB'], x5u: 'http://127.0.0.1:9/cert', x5t: 'x' }),
    'The signature of the token is wrong.',
  ],
  [
    'whose key has the name of a file',
    () => signedByAnother({ kid: '../../../../dev/null' }),
    'The token is signed with a key that its issuer does not have.',
  ],
  [
    'whose key is named by a number',
    () => forged({ alg: 'ES256', kid: 0 }, hmac('x')),
    'The token is signed with a key that its issuer does not have.',
  ],
  [
    'whose key is named by a list',
    () => forged({ alg: 'ES256', kid: ['newest'] }, hmac('x')),
    'The token is signed with a key that its issuer does not have.',
  ],
  [
    'whose algorithm is a list',
    () => forged({ alg: ['ES256', 'none'], kid: 'newest' }, () => ''),
    unreadable,
  ],
  [
    'that names its algorithm twice',
    async () => {
      const [, claims] = (await there.issuer.token({ scope: '*' })).split('.');
      const header = Buffer.from('{"alg":"ES256","kid":"newest","alg":"none"}').toString('base64url');
      return `${header}.${claims}.`;
    },
    'The token is signed with an algorithm that is not taken here.',
  ],
  [
    'that has another in it, well signed',
    async () => {
      const { privateKey } = there.issuer.key('newest');
      const inner = Buffer.from(await there.issuer.token({ scope: '*' }));
      return new CompactSign(inner)
        .setProtectedHeader({ alg: 'ES256', kid: 'newest', cty: 'JWT' })
        .sign(privateKey);
    },
    unreadable,
  ],
  [
    'with a blank in its signature',
    async () => {
      const token = await there.issuer.token({ scope: '*' });
      return `${token.slice(0, -9)} ${token.slice(-9)}`;
    },
    unreadable,
  ],
  ['whose signature is filled up', async () => `${await there.issuer.token({ scope: '*' })}==`, unreadable],
  [
    'whose signature ends with another letter for the same bits',
    async () => {
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const token = await there.issuer.token({ scope: '*' });
      return token.slice(0, -1) + letters[letters.indexOf(token.slice(-1)) + 1];
    },
    unreadable,
  ],
  [
    'without its last letter',
    async () => (await there.issuer.token({ scope: '*' })).slice(0, -2),
    'The signature of the token is wrong.',
  ],
  [
    'whose claims were changed',
    async () => {
      const [header, , signature] = (await there.issuer.token()).split('.');
      const claims = { iss: there.issuer.url, aud: AUDIENCE, sub: 'root', scope: '*', exp: seconds() + 60 };
      return `${header}.${encode(claims)}.${signature}`;
    },
    'The signature of the token is wrong.',
  ],
  [
    'with an extension that must be understood',
    () => forged({ alg: 'ES256', kid: 'newest', crit: ['exp'], exp: 1 }, hmac('x')),
    unreadable,
  ],
  [
    'whose claims are not encoded',
    () => forged({ alg: 'ES256', kid: 'newest', crit: ['b64'], b64: false }, hmac('x')),
    'The signature of the token is wrong.',
  ],
  [
    'to end a session',
    () => there.issuer.token({}, { header: { typ: 'logout+jwt' } }),
    'The token is of a type that is not taken here.',
  ],
  [
    'that proves a key',
    () => there.issuer.token({}, { header: { typ: 'dpop+jwt' } }),
    'The token is of a type that is not taken here.',
  ],
  [
    'that is an ID token',
    () => there.issuer.token({ at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng' }),
    'The token is not an access token.',
  ],
  [
    "that is Cognito's ID token",
    () => there.issuer.token({ token_use: 'id' }),
    'The token is not an access token.',
  ],
  [
    "that is Keycloak's refresh token",
    () => there.issuer.token({ typ: 'Refresh' }),
    'The token is not an access token.',
  ],
  [
    'that is bound to a key',
    () => there.issuer.token({ cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } }),
    'The token is bound to a key of its client, which cannot be checked here.',
  ],
];

it.each(attacks)(
  'a token %s is refused, whether its document is known or not, and not shown',
  async (what, make, reason) => {
    const document = `${query} # ${what}`;
    const token = await make();
    const good = withToken(await there.issuer.token({ scope: '*' }));
    const [calls, lines] = [there.gateway.localAws.requests.list().length, there.gateway.log.length];
    const first = await ask(withToken(token), document);
    expect(first).toMatchObject(refused(reason));
    expect(there.gateway.localAws.requests.list()).toHaveLength(calls);
    expect(await ask(good, document)).toMatchObject(served);
    const second = await ask(withToken(token), document);
    expect(second).toMatchObject(refused(reason));
    expect(there.gateway.localAws.requests.list()).toHaveLength(calls + 1);

    const told = JSON.stringify([first, second, there.gateway.log.slice(lines)]);
    const parts = token.split(/[ .]/).filter(part => part.length > 4);
    expect(parts.filter(part => told.includes(part))).toEqual([]);
    expect(there.gateway.log.slice(lines)).toMatchObject([
      { level: 30, status: 401, errorCodes: ['UNAUTHENTICATED'] },
      { level: 30, status: 200 },
      { level: 30, status: 401, errorCodes: ['UNAUTHENTICATED'] },
    ]);
  },
);
