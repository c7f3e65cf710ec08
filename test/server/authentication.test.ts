/** Bearer tokens over HTTP: which are taken, and which are not. The keys of their issuer are in issuer-keys.test.ts. */
import { createHmac, createPublicKey } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompactSign, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { BadToken, Tokens } from '../../src/auth/tokens.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { AUDIENCE, startIssuer, type TestIssuer } from '../support/issuer.ts';
import { ask as askGateway, query, refused, served, withToken } from '../support/tokens.ts';

let issuer: TestIssuer;
let gateway: TestGateway;
beforeAll(async () => {
  issuer = await startIssuer();
  for (const alg of ['RS256', 'PS256', 'EdDSA', 'ES384']) await issuer.addKey(alg, alg);
  await issuer.addKey('newest');
  gateway = await startTestGateway({ ...issuer.env, OIDC_KEYS_COOLDOWN_SECONDS: '3600' });
});
afterAll(async () => {
  await gateway.stop();
  await issuer.stop();
});

const unreadable = 'The token is not a JSON Web Token that can be verified here.';
const ask = (headers: Record<string, string>, document?: string) => askGateway(gateway, headers, document);
const seconds = () => Math.floor(Date.now() / 1_000);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that says what the issuer's do, with this header and whatever signs it. */
async function forged(header: object, sign: (text: string) => string): Promise<string> {
  const [, claims] = (await issuer.token({ scope: '*' })).split('.');
  const text = `${encode(header)}.${claims}`;
  return `${text}.${sign(text)}`;
}

async function signedByAnother(header: Record<string, unknown>, alg = 'ES256'): Promise<string> {
  const { privateKey } = await generateKeyPair(alg);
  const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'eve', scope: '*', exp: seconds() + 60 };
  return new SignJWT(claims).setProtectedHeader({ alg, ...header }).sign(privateKey);
}

const hmac = (secret: string | Buffer) => (text: string) =>
  createHmac('sha256', secret).update(text).digest('base64url');

const attacks: readonly (readonly [what: string, make: () => string | Promise<string>, reason: string])[] = [
  ['that is empty', () => '', unreadable],
  ['that is no token', () => 'null', unreadable],
  ['of three parts that are nothing', () => 'a.b.c', unreadable],
  [
    'with a second token behind it',
    async () => `${await issuer.token()} ${await issuer.token()}`,
    unreadable,
  ],
  ['that is encrypted', () => `${encode({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`, unreadable],
  ['of 8,193 characters', () => 'x'.repeat(8_193), 'The token has 8193 characters, and may have 8192.'],
  ['that has expired', () => issuer.token({ exp: seconds() - 1 }), 'The token has expired.'],
  ['that does not expire', () => issuer.token({ exp: undefined }), 'The token does not say when it expires.'],
  [
    'that expires at a text',
    () => issuer.token({ exp: '9999999999' }),
    'The token does not say when it expires.',
  ],
  ['that is not valid yet', () => issuer.token({ nbf: seconds() + 60 }), 'The token is not valid yet.'],
  [
    'for another audience',
    () => issuer.token({ aud: 'https://other.example' }),
    'The token is for another audience.',
  ],
  [
    'for an audience that begins alike',
    () => issuer.token({ aud: [`${AUDIENCE}.evil`, AUDIENCE.toUpperCase()] }),
    'The token is for another audience.',
  ],
  ['for no audience', () => issuer.token({ aud: undefined }), 'The token is for another audience.'],
  [
    'of another issuer',
    () => issuer.token({ iss: 'https://other.example' }),
    'The token is of another issuer.',
  ],
  [
    'of the issuer with a slash',
    () => issuer.token({ iss: `${issuer.url}/` }),
    'The token is of another issuer.',
  ],
  ['of no issuer', () => issuer.token({ iss: undefined }), 'The token is of another issuer.'],
  ['of nobody', () => issuer.token({ sub: undefined }), 'The token does not say whose it is.'],
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
          createPublicKey({ key: issuer.key('RS256').jwk, format: 'jwk' }).export({
            type: 'spki',
            format: 'pem',
          }),
        ),
      ),
    'The token is signed with an algorithm that is not taken here.',
  ],
  [
    'signed with the text of the key as a secret',
    () => forged({ alg: 'HS256', kid: 'RS256' }, hmac(JSON.stringify(issuer.key('RS256').jwk))),
    'The token is signed with an algorithm that is not taken here.',
  ],
  [
    'that names an algorithm that its key does not have',
    () => forged({ alg: 'RS256', kid: 'newest' }, hmac('x')),
    'The token is signed with a key that its issuer does not have.',
  ],
  [
    'signed with an algorithm that is not in the list',
    () => issuer.token({}, { kid: 'ES384' }),
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
    () => issuer.token({}, { header: { kid: undefined } }),
    'The token does not say with which key it is signed.',
  ],
  [
    'that brings its own key',
    async () => {
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
      const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'eve', exp: seconds() + 60 };
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
      const [, claims] = (await issuer.token({ scope: '*' })).split('.');
      const header = Buffer.from('{"alg":"ES256","kid":"newest","alg":"none"}').toString('base64url');
      return `${header}.${claims}.`;
    },
    'The token is signed with an algorithm that is not taken here.',
  ],
  [
    'that has another in it, well signed',
    async () => {
      const { privateKey } = issuer.key('newest');
      const inner = Buffer.from(await issuer.token({ scope: '*' }));
      return new CompactSign(inner)
        .setProtectedHeader({ alg: 'ES256', kid: 'newest', cty: 'JWT' })
        .sign(privateKey);
    },
    unreadable,
  ],
  [
    'without its last letter',
    async () => (await issuer.token({ scope: '*' })).slice(0, -2),
    'The signature of the token is wrong.',
  ],
  [
    'whose claims were changed',
    async () => {
      const [header, , signature] = (await issuer.token()).split('.');
      const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'root', scope: '*', exp: seconds() + 60 };
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
    () => issuer.token({}, { header: { typ: 'logout+jwt' } }),
    'The token is of a type that is not taken here.',
  ],
  [
    'that proves a key',
    () => issuer.token({}, { header: { typ: 'dpop+jwt' } }),
    'The token is of a type that is not taken here.',
  ],
  [
    'that is an ID token',
    () => issuer.token({ at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng' }),
    'The token is not an access token.',
  ],
  [
    "that is Cognito's ID token",
    () => issuer.token({ token_use: 'id' }),
    'The token is not an access token.',
  ],
  [
    "that is Keycloak's refresh token",
    () => issuer.token({ typ: 'Refresh' }),
    'The token is not an access token.',
  ],
  [
    'that is bound to a key',
    () => issuer.token({ cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } }),
    'The token is bound to a key of its client, which cannot be checked here.',
  ],
];

describe('a token', () => {
  it.each(attacks)(
    '%s is refused, whether its document is known or not, and not shown',
    async (what, make, reason) => {
      const document = `${query} # ${what}`;
      const token = await make();
      const good = withToken(await issuer.token({ scope: '*' }));
      const [calls, lines] = [gateway.localAws.requests.list().length, gateway.log.length];
      const first = await ask(withToken(token), document);
      expect(first).toMatchObject(refused(reason));
      expect(gateway.localAws.requests.list()).toHaveLength(calls);
      expect(await ask(good, document)).toMatchObject(served);
      const second = await ask(withToken(token), document);
      expect(second).toMatchObject(refused(reason));
      expect(gateway.localAws.requests.list()).toHaveLength(calls + 1);

      const told = JSON.stringify([first, second, gateway.log.slice(lines)]);
      const parts = token.split(/[ .]/).filter(part => part.length > 4);
      expect(parts.filter(part => told.includes(part))).toEqual([]);
      expect(gateway.log.slice(lines)).toMatchObject([
        { level: 30, status: 401, errorCodes: ['UNAUTHENTICATED'] },
        { level: 30, status: 200 },
        { level: 30, status: 401, errorCodes: ['UNAUTHENTICATED'] },
      ]);
    },
  );

  it.each<[string, () => Promise<Record<string, string>>]>([
    ['signed by RS256', async () => withToken(await issuer.token({ scope: '*' }, { kid: 'RS256' }))],
    ['signed by PS256', async () => withToken(await issuer.token({ scope: '*' }, { kid: 'PS256' }))],
    ['signed by EdDSA', async () => withToken(await issuer.token({ scope: '*' }, { kid: 'EdDSA' }))],
    ['signed by ES256', async () => withToken(await issuer.token({ scope: '*' }))],
    ['of RFC 9068', async () => withToken(await issuer.token({ scope: '*' }, { header: { typ: 'at+jwt' } }))],
    [
      'of RFC 9068, in full and in other letters',
      async () => withToken(await issuer.token({ scope: '*' }, { header: { typ: 'application/AT+JWT' } })),
    ],
    [
      'without a type',
      async () => withToken(await issuer.token({ scope: '*' }, { header: { typ: undefined } })),
    ],
    [
      'for several audiences',
      async () => withToken(await issuer.token({ scope: '*', aud: ['a', AUDIENCE] })),
    ],
    [
      'of a service account that has no subject',
      async () => withToken(await issuer.token({ scope: '*', sub: undefined, azp: 'robot' })),
    ],
    [
      'whose scheme is written in small letters, before two spaces',
      async () => ({ authorization: `bearer  ${await issuer.token({ scope: '*' })}` }),
    ],
  ])('%s is taken', async (_what, make) => {
    const headers = await make();
    for (let sight = 1; sight <= 3; sight += 1) expect(await ask(headers)).toMatchObject(served);
  });

  it('is verified once, and remembered until it expires', async () => {
    const verify = vi.spyOn(crypto.subtle, 'verify');
    onTestFinished(() => verify.mockRestore());
    const headers = withToken(await issuer.token({ scope: '*', exp: seconds() + 5 }));
    const answers = [await ask(headers), await ask(headers), await ask(headers)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(verify).toHaveBeenCalledTimes(1);
    await expect
      .poll(() => ask(headers), { timeout: 20_000 })
      .toMatchObject(refused('The token has expired.'));
  });

  it('is verified once for all that send it at the same time', async () => {
    const real = crypto.subtle.verify.bind(crypto.subtle);
    const verify = vi.spyOn(crypto.subtle, 'verify').mockImplementation(async (...given) => {
      await sleep(500);
      return real(...given);
    });
    onTestFinished(() => verify.mockRestore());
    const good = withToken(await issuer.token({ scope: '*' }));
    const bad = withToken(await issuer.token({ aud: 'another' }));
    const answers = await Promise.all([good, bad, good, bad, good, bad].map(headers => ask(headers)));
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 200, 401, 200, 401]);
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['that is nothing', () => 'a.b.c'],
    ['with nothing in it', async () => `${(await issuer.token()).split('.')[0]}.YQ.${'A'.repeat(86)}`],
    ['of two parts', async () => (await issuer.token()).split('.').slice(1).join('.')],
    ['of four parts', async () => `${await issuer.token()}.AAAA`],
    ['without a signature', () => forged({ alg: 'none', kid: 'newest' }, () => '')],
    ['signed by a secret', () => forged({ alg: 'HS256', kid: 'newest' }, hmac('x'))],
  ])('%s is refused before anything is verified', async (_what, make) => {
    const verify = vi.spyOn(crypto.subtle, 'verify');
    const tokens = vi.spyOn(Tokens.prototype, 'judge');
    onTestFinished(() => void vi.restoreAllMocks());
    expect((await ask(withToken(await make()))).status).toBe(401);
    expect(verify).not.toHaveBeenCalled();
    // It takes no turn of the event loop.
    expect(tokens.mock.results.map(({ value }) => value instanceof BadToken)).toEqual([true]);
  });

  it('is remembered by all of it', async () => {
    const token = await issuer.token({ scope: '*' });
    const [header, claims, signature = ''] = token.split('.');
    const [, others] = (await issuer.token({ scope: '*', sub: 'root' })).split('.');
    expect(await ask(withToken(token))).toMatchObject(served);
    const wrong = refused('The signature of the token is wrong.');
    expect(await ask(withToken(`${header}.${others}.${signature}`))).toMatchObject(wrong);
    expect(await ask(withToken(`${header}.${claims}.${'A'.repeat(signature.length)}`))).toMatchObject(wrong);
    expect(await ask(withToken(`${token}AAAA`))).toMatchObject(wrong);
    expect(await ask(withToken(`${token}.`))).toMatchObject(refused(unreadable));
    expect(await ask(withToken(token))).toMatchObject(served);
  });

  it('that is bad is found so once, until it may have become good', async () => {
    const verify = vi.spyOn(crypto.subtle, 'verify');
    onTestFinished(() => verify.mockRestore());
    const early = withToken(await issuer.token({ scope: '*', nbf: seconds() + 5 }));
    const expired = withToken(await issuer.token({ scope: '*', exp: seconds() - 3 }));
    for (let n = 0; n < 3; n += 1) {
      expect(await ask(expired)).toMatchObject(refused('The token has expired.'));
    }
    expect(verify).toHaveBeenCalledTimes(1);
    expect(await ask(early)).toMatchObject(refused('The token is not valid yet.'));
    await expect.poll(() => ask(early), { timeout: 20_000 }).toMatchObject(served);
  });

  it('must say that it is an access token, where that is asked for', async () => {
    const strict = await startTestGateway({ ...issuer.env, OIDC_TOKEN_TYPE: 'at+jwt' });
    onTestFinished(() => strict.stop());
    const typed = await issuer.token({ scope: '*' }, { header: { typ: 'at+jwt' } });
    expect(await askGateway(strict, withToken(typed))).toMatchObject(served);
    expect(await askGateway(strict, withToken(await issuer.token({ scope: '*' })))).toMatchObject(
      refused('The token is of a type that is not taken here.'),
    );
  });
});

describe('a request without a token', () => {
  it.each<[string, Record<string, string>, string?]>([
    ['at all', {}],
    ['but with a password', { authorization: 'Basic YWRhOmFkYQ==' }],
    ['of its own, in another scheme', { authorization: 'DPoP abc' }],
    ['in its header', {}, '/graphql?access_token=abc'],
  ])('%s is told to send one', async (_case, headers, path = '/graphql') => {
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(await send(gateway.url, { ...json(JSON.stringify({ query }), headers), path })).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'Bearer' },
        body: {
          errors: [
            {
              message: 'Send a bearer token, with the header "authorization: Bearer …".',
              extensions: { code: 'UNAUTHENTICATED' },
            },
          ],
        },
      });
    }
  });

  it('is not one with two, of which others may have checked the other', async () => {
    const good = `Bearer ${await issuer.token({ scope: '*' })}`;
    const sent = json(JSON.stringify({ query }));
    for (const authorization of [
      [good, 'Bearer bad'],
      ['Bearer bad', good],
    ]) {
      expect(await send(gateway.url, { ...sent, headers: { ...sent.headers, authorization } })).toMatchObject(
        {
          status: 400,
          body: { errors: [{ message: 'The request has more than one "authorization" header.' }] },
        },
      );
    }
  });

  it('is asked for none where nobody needs one, whatever its header says', async () => {
    const open = await startTestGateway();
    onTestFinished(() => open.stop());
    for (const headers of [{}, withToken('bad'), { authorization: 'Basic YWRhOmFkYQ==' }]) {
      expect(await askGateway(open, headers)).toMatchObject(served);
    }
  });

  it('is asked for one where a page of an allowed origin can read it', async () => {
    const origin = 'https://app.example';
    const open = await startTestGateway({ ...issuer.env, CORS_ORIGINS: origin });
    onTestFinished(() => open.stop());
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    };
    expect(await send(open.url, { method: 'OPTIONS', headers })).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-headers': 'authorization,content-type' },
    });
    expect(await askGateway(open, { origin })).toMatchObject({
      status: 401,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'x-request-id, retry-after, www-authenticate',
        'www-authenticate': 'Bearer',
      },
    });
  });

  it('sees the health of the gateway', async () => {
    expect(await send(gateway.url, { method: 'GET', path: '/health' })).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
  });
});
