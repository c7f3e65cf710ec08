/** Bearer tokens over HTTP that are taken, and requests without one. What is not taken is in forged-tokens.test.ts. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { useAuthenticated } from '../support/authenticated.ts';
import { startTestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { AUDIENCE } from '../support/issuer.ts';
import { ask as askGateway, query, refused, served, withToken } from '../support/tokens.ts';

const there = useAuthenticated();
const ask = (headers: Record<string, string>, document?: string) =>
  askGateway(there.gateway, headers, document);

describe('a token', () => {
  it.each<[string, () => Promise<Record<string, string>>]>([
    ['signed by RS256', async () => withToken(await there.issuer.token({ scope: '*' }, { kid: 'RS256' }))],
    ['signed by PS256', async () => withToken(await there.issuer.token({ scope: '*' }, { kid: 'PS256' }))],
    ['signed by EdDSA', async () => withToken(await there.issuer.token({ scope: '*' }, { kid: 'EdDSA' }))],
    ['signed by ES256', async () => withToken(await there.issuer.token({ scope: '*' }))],
    [
      'of RFC 9068',
      async () => withToken(await there.issuer.token({ scope: '*' }, { header: { typ: 'at+jwt' } })),
    ],
    [
      'of RFC 9068, in full and in other letters',
      async () =>
        withToken(await there.issuer.token({ scope: '*' }, { header: { typ: 'application/AT+JWT' } })),
    ],
    [
      'without a type',
      async () => withToken(await there.issuer.token({ scope: '*' }, { header: { typ: undefined } })),
    ],
    [
      'for several audiences',
      async () => withToken(await there.issuer.token({ scope: '*', aud: ['a', AUDIENCE] })),
    ],
    [
      'of a service account that has no subject',
      async () => withToken(await there.issuer.token({ scope: '*', sub: undefined, azp: 'robot' })),
    ],
    [
      'whose scheme is written in small letters, before two spaces',
      async () => ({ authorization: `bearer  ${await there.issuer.token({ scope: '*' })}` }),
    ],
  ])('%s is taken', async (_what, make) => {
    const headers = await make();
    for (let sight = 1; sight <= 3; sight += 1) expect(await ask(headers)).toMatchObject(served);
  });

  it('must say that it is an access token, where that is asked for', async () => {
    const strict = await startTestGateway({ ...there.issuer.env, OIDC_TOKEN_TYPE: 'at+jwt' });
    onTestFinished(() => strict.stop());
    const typed = await there.issuer.token({ scope: '*' }, { header: { typ: 'at+jwt' } });
    expect(await askGateway(strict, withToken(typed))).toMatchObject(served);
    expect(await askGateway(strict, withToken(await there.issuer.token({ scope: '*' })))).toMatchObject(
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
      expect(
        await send(there.gateway.url, { ...json(JSON.stringify({ query }), headers), path }),
      ).toMatchObject({
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
    const good = `Bearer ${await there.issuer.token({ scope: '*' })}`;
    const sent = json(JSON.stringify({ query }));
    for (const authorization of [
      [good, 'Bearer bad'],
      ['Bearer bad', good],
    ]) {
      expect(
        await send(there.gateway.url, { ...sent, headers: { ...sent.headers, authorization } }),
      ).toMatchObject({
        status: 400,
        body: { errors: [{ message: 'The request has more than one "authorization" header.' }] },
      });
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
    const open = await startTestGateway({ ...there.issuer.env, CORS_ORIGINS: origin });
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
    expect(await send(there.gateway.url, { method: 'GET', path: '/health' })).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
  });
});
