/** The keys of an issuer of tokens: how they change, and what becomes of tokens when it is away. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StartupError } from '../../src/startup-error.ts';
import { startTestGateway } from '../support/gateway.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { ask, refused, served, withToken } from '../support/tokens.ts';

const unavailable = {
  status: 503,
  headers: { 'retry-after': '1' },
  body: {
    errors: [
      {
        message:
          'Tokens cannot be verified now, because their issuer does not give its keys. Try again later.',
        extensions: { code: 'AUTHENTICATION_UNAVAILABLE' },
      },
    ],
  },
};

/** A gateway with an issuer of its own. */
async function start(env: NodeJS.ProcessEnv = {}, fault?: TestIssuer['fault']) {
  const own = await startIssuer();
  own.fault = fault;
  const gateway = await startTestGateway({ ...own.env, ...env });
  onTestFinished(async () => {
    await gateway.stop();
    await own.stop();
  });
  return {
    own,
    gateway,
    good: async (kid?: string) => withToken(await own.token({ scope: '*' }, kid ? { kid } : {})),
  };
}

describe('the keys of the issuer', () => {
  it('may change: a new one is found when a token names it', async () => {
    const { own, gateway, good } = await start();
    expect(await ask(gateway, await good())).toMatchObject(served);
    await own.addKey('second');
    const headers = await good('second');
    await expect.poll(() => ask(gateway, headers), { timeout: 10_000 }).toMatchObject(served);
    expect(await ask(gateway, await good('first'))).toMatchObject(served);
  });

  it('may be withdrawn: tokens that were taken before are refused after a while', async () => {
    const { own, gateway, good } = await start({ OIDC_KEYS_REFRESH_SECONDS: '1' });
    const headers = await good('first');
    expect(await ask(gateway, headers)).toMatchObject(served);
    await own.addKey('second');
    own.shown.delete('first');
    await expect
      .poll(() => ask(gateway, headers), { timeout: 10_000 })
      .toMatchObject(refused('The token is signed with a key that its issuer does not have.'));
    expect(await ask(gateway, await good('second'))).toMatchObject(served);
  });

  it.each(['hang', 'status', 'nonsense', 'away'] as const)(
    'are used on while the issuer is of no use: %s',
    async trouble => {
      const { own, gateway, good } = await start({ OIDC_KEYS_REFRESH_SECONDS: '1' });
      const known = await good();
      expect(await ask(gateway, known)).toMatchObject(served);
      if (trouble === 'away') await own.stop();
      else own.fault = trouble;
      await sleep(1_100);
      expect(await ask(gateway, known)).toMatchObject(served);
      expect(await ask(gateway, await good())).toMatchObject(served);
    },
  );

  it('are not used for ever: then it is 503, for every token, until the issuer is back', async () => {
    const { own, gateway, good } = await start({ OIDC_KEYS_MAX_AGE_SECONDS: '1' });
    const known = await good();
    expect(await ask(gateway, known)).toMatchObject(served);
    await own.stop();
    await sleep(1_100);
    expect(await ask(gateway, known)).toMatchObject(unavailable);
    expect(await ask(gateway, await good())).toMatchObject(unavailable);
    expect(gateway.log).toContainEqual(
      expect.objectContaining({ level: 40, msg: 'The keys of the issuer of tokens could not be fetched.' }),
    );
    await own.start();
    await expect.poll(() => ask(gateway, known), { timeout: 10_000 }).toMatchObject(served);
  });

  it.each(['hang', 'status', 'nonsense'] as const)(
    'may come later than the gateway starts: %s',
    async fault => {
      const { own, gateway, good } = await start({}, fault);
      expect(await ask(gateway, await good())).toMatchObject(unavailable);
      own.fault = undefined;
      const headers = await good();
      await expect.poll(() => ask(gateway, headers), { timeout: 20_000 }).toMatchObject(served);
    },
  );

  it('are fetched once for all that wait for them', async () => {
    const { own, gateway, good } = await start({ OIDC_KEYS_MAX_AGE_SECONDS: '3' });
    await sleep(3_100);
    const headers = await good();
    const before = own.fetches;
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(gateway, headers)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(own.fetches).toBe(before + 1);
  });

  it('are fetched no oftener for many tokens of keys that do not exist', async () => {
    const { own, gateway } = await start({ OIDC_KEYS_COOLDOWN_SECONDS: '3600' });
    const other = await startIssuer();
    onTestFinished(() => other.stop());
    const before = own.requests;
    for (let n = 0; n < 20; n += 1) {
      const token = await other.token({ iss: own.url }, { header: { kid: `unknown-${n}` } });
      expect(await ask(gateway, withToken(token))).toMatchObject({ status: 401 });
    }
    expect(own.requests).toBe(before);
  });

  it('are fetched no oftener for many requests while the issuer fails', async () => {
    const { own, gateway, good } = await start({ OIDC_KEYS_COOLDOWN_SECONDS: '3600' }, 'status');
    expect(own.requests).toBe(1);
    for (let n = 0; n < 20; n += 1) expect(await ask(gateway, await good())).toMatchObject({ status: 503 });
    expect(own.requests).toBe(1);
  });

  it.each<[string, Record<string, unknown>, (own: TestIssuer) => string]>([
    [
      'another issuer',
      { issuer: 'https://other.example' },
      ({ url }) =>
        `OIDC_ISSUER is "${url}", and ${url}/.well-known/openid-configuration says that the issuer is "https://other.example": both must be the same, to the last character.`,
    ],
    [
      'keys that others could change on the way',
      { jwks_uri: 'http://other.example/keys' },
      ({ url }) =>
        `${url}/.well-known/openid-configuration names no address for the issuer's keys (jwks_uri) that begins with https://.`,
    ],
  ])('end the start when the discovery names %s', async (_what, metadata, message) => {
    const own = await startIssuer();
    onTestFinished(() => own.stop());
    own.metadata = metadata;
    const started = startTestGateway(own.env);
    await expect(started).rejects.toBeInstanceOf(StartupError);
    await expect(started).rejects.toThrow(message(own));
  });
});
