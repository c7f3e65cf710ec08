/** How many tokens that are not good are verified, and that those who have good ones do not notice. */
import { setTimeout as sleep } from 'node:timers/promises';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { startTestGateway } from '../support/gateway.ts';
import { AUDIENCE, startIssuer, type TestIssuer } from '../support/issuer.ts';
import { ask, refused, served, withToken } from '../support/tokens.ts';

let issuer: TestIssuer;
let forge: (name: string) => Promise<string>;
beforeAll(async () => {
  issuer = await startIssuer();
  const { privateKey } = await generateKeyPair('ES256');
  forge = sub =>
    new SignJWT({ iss: issuer.url, aud: AUDIENCE, sub, scope: '*', exp: 4_000_000_000 })
      .setProtectedHeader({ alg: 'ES256', kid: 'first' })
      .sign(privateKey);
});
afterAll(() => issuer.stop());

async function start(env: NodeJS.ProcessEnv) {
  const gateway = await startTestGateway({ ...issuer.env, ...env });
  onTestFinished(() => gateway.stop());
  return gateway;
}

const wrong = refused('The signature of the token is wrong.');

it('Beyond the rate they are not verified, and good tokens that were seen before are taken all the same', async () => {
  const gateway = await start({ BAD_TOKEN_RATE: '3/min' });
  const good = await issuer.token({ scope: '*' });
  const tokens = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(forge));
  expect(await ask(gateway, withToken(good))).toMatchObject(served);
  for (const token of tokens.slice(0, 3)) expect(await ask(gateway, withToken(token))).toMatchObject(wrong);
  for (const token of tokens.slice(3)) {
    const { status, headers, body } = await ask(gateway, withToken(token));
    const retryAfter = Number(headers['retry-after']);
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(20);
    expect({ status, body }).toEqual({
      status: 429,
      body: {
        errors: [
          {
            message: `Too many bad tokens came from your address: 3 in a minute are verified. Try again in ${retryAfter} s.`,
            extensions: {
              code: 'TOO_MANY_REQUESTS',
              limit: 'badTokens',
              maximum: 3,
              seconds: 60,
              retryAfterSeconds: retryAfter,
              retryable: true,
            },
          },
        ],
      },
    });
  }
  expect(await ask(gateway, withToken(good))).toMatchObject(served);
  // What is known to be bad, and what can be no token, costs nothing.
  expect(await ask(gateway, withToken(String(tokens[0])))).toMatchObject(wrong);
  expect(await ask(gateway, withToken('nonsense'))).toMatchObject({ status: 401 });
  expect(await ask(gateway, {})).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
});

it('Good tokens do not count, however many there are and however many come at a time', async () => {
  const gateway = await start({ BAD_TOKEN_RATE: '4/min' });
  for (let round = 0; round < 3; round += 1) {
    const tokens = await Promise.all(
      [1, 2, 3].map(n => issuer.token({ scope: '*', sub: `ada-${round}-${n}` })),
    );
    const answers = await Promise.all(tokens.map(token => ask(gateway, withToken(token))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  }
});

it('Nor do good tokens that wait together for a new key, of one caller or of many', async () => {
  const gateway = await start({ BAD_TOKEN_RATE: '2/min' });
  expect(await ask(gateway, withToken(await issuer.token({ scope: '*' })))).toMatchObject(served);
  await issuer.addKey('third');
  const one = await issuer.token({ scope: '*' });
  const many = await Promise.all(
    Array.from({ length: 20 }, (_, n) => issuer.token({ sub: `${n}`, scope: '*' })),
  );
  // The keys are fetched at most once in a second.
  await sleep(1_100);
  issuer.delayMs = 500;
  onTestFinished(() => void (issuer.delayMs = 0));
  const sent = [...Array.from({ length: 20 }, () => one), ...many];
  const answers = await Promise.all(sent.map(token => ask(gateway, withToken(token))));
  expect(answers.map(({ status }) => status)).toEqual(sent.map(() => 200));
  // Those that turn out to be bad when they have come together count all the same.
  const bad = [1, 2].map(n => issuer.token({ sub: `${n}` }, { header: { kid: 'gone' } }));
  const refusals = await Promise.all(bad.map(async token => ask(gateway, withToken(await token))));
  expect(refusals.map(({ status }) => status)).toEqual([401, 401]);
  expect((await ask(gateway, withToken(await forge('a')))).status).toBe(429);
});

it('A token that was good is verified anew when the issuer has other keys, although its address has no turns left', async () => {
  const gateway = await start({ BAD_TOKEN_RATE: '2/min' });
  const good = await issuer.token({ scope: '*' });
  expect(await ask(gateway, withToken(good))).toMatchObject(served);
  await issuer.addKey('second');
  const fresh = await issuer.token({ scope: '*' });
  // The keys are fetched at most once in a second.
  const fetches = issuer.fetches;
  await sleep(1_100);
  expect(await ask(gateway, withToken(fresh))).toMatchObject(served);
  expect(issuer.fetches).toBe(fetches + 1);
  for (const name of ['a', 'b'])
    expect(await ask(gateway, withToken(await forge(name)))).toMatchObject(wrong);
  expect((await ask(gateway, withToken(await forge('c')))).status).toBe(429);
  expect(await ask(gateway, withToken(good))).toMatchObject(served);
  expect(await ask(gateway, withToken(good))).toMatchObject(served);
});

it('They are counted by the addresses that trusted proxies tell, and by nothing that clients write', async () => {
  const gateway = await start({ BAD_TOKEN_RATE: '1/min', TRUSTED_PROXIES: '1' });
  const from = async (forwarded: string) => {
    const token = await forge(Math.random().toString());
    return (await ask(gateway, { ...withToken(token), 'x-forwarded-for': forwarded })).status;
  };
  expect([await from('192.0.2.1'), await from('192.0.2.1')]).toEqual([401, 429]);
  expect(await from('198.51.100.7, 192.0.2.1')).toBe(429);
  expect(await from('192.0.2.1, 192.0.2.2')).toBe(401);
  // A host may have all addresses of its network.
  expect([
    await from('2001:db8::1'),
    await from('2001:db8:0:0:ffff::2'),
    await from('2001:db8:0:1::1'),
  ]).toEqual([401, 429, 401]);
  // Of what is no address, and of what a proxy did not write, the connection's counts.
  expect([await from('nobody'), await from(''), await from('::ffff:127.0.0.1')]).toEqual([401, 429, 429]);
});

it('Without trusted proxies, what clients write does not count', async () => {
  const gateway = await start({ BAD_TOKEN_RATE: '1/min' });
  const statuses = [];
  for (const address of ['192.0.2.1', '192.0.2.2']) {
    const headers = { ...withToken(await forge(address)), 'x-forwarded-for': address };
    statuses.push((await ask(gateway, headers)).status);
  }
  expect(statuses).toEqual([401, 429]);
});

it('They can be verified without a bound', async () => {
  const gateway = await start({ BAD_TOKEN_RATE: 'off' });
  for (const name of ['a', 'b', 'c'])
    expect(await ask(gateway, withToken(await forge(name)))).toMatchObject(wrong);
  expect(() => readConfig({ BAD_TOKEN_RATE: 'none' })).toThrow(
    'BAD_TOKEN_RATE="none" is wrong: it must be a number of tokens a second or a minute, such as 50/s or 600/min, or off.',
  );
});
