/** How often bearer tokens are verified, and how long what was found is remembered. */
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BadToken, Tokens } from '../../src/auth/tokens.ts';
import { useAuthenticated } from '../support/authenticated.ts';
import { connectTo } from '../support/connection.ts';
import { forgedOf, hmac, seconds, unreadable } from '../support/forged-tokens.ts';
import { ask as askGateway, query, refused, served, withToken } from '../support/tokens.ts';

const there = useAuthenticated();
const ask = (headers: Record<string, string>, document?: string) =>
  askGateway(there.gateway, headers, document);
const forged = (header: object, sign: (text: string) => string) => forgedOf(there.issuer, header, sign);

describe('a token', () => {
  it('is verified once, and remembered until it expires', async () => {
    const verify = vi.spyOn(crypto.subtle, 'verify');
    onTestFinished(() => verify.mockRestore());
    const headers = withToken(await there.issuer.token({ scope: '*', exp: seconds() + 5 }));
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
    const good = withToken(await there.issuer.token({ scope: '*' }));
    const bad = withToken(await there.issuer.token({ aud: 'another' }));
    const answers = await Promise.all([good, bad, good, bad, good, bad].map(headers => ask(headers)));
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 200, 401, 200, 401]);
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['that is nothing', () => 'a.b.c'],
    ['with nothing in it', async () => `${(await there.issuer.token()).split('.')[0]}.YQ.${'A'.repeat(86)}`],
    ['of two parts', async () => (await there.issuer.token()).split('.').slice(1).join('.')],
    ['of four parts', async () => `${await there.issuer.token()}.AAAA`],
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
    const token = await there.issuer.token({ scope: '*' });
    const [header, claims, signature = ''] = token.split('.');
    const [, others] = (await there.issuer.token({ scope: '*', sub: 'root' })).split('.');
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
    const early = withToken(await there.issuer.token({ scope: '*', nbf: seconds() + 5 }));
    const expired = withToken(await there.issuer.token({ scope: '*', exp: seconds() - 3 }));
    for (let n = 0; n < 3; n += 1) {
      expect(await ask(expired)).toMatchObject(refused('The token has expired.'));
    }
    expect(verify).toHaveBeenCalledTimes(1);
    expect(await ask(early)).toMatchObject(refused('The token is not valid yet.'));
    await expect.poll(() => ask(early), { timeout: 20_000 }).toMatchObject(served);
  });
});

it('Each request over a connection counts with its own token, whatever the one before had', async () => {
  const [good, narrow, expired] = [
    await there.issuer.token({ scope: '*' }),
    await there.issuer.token({ scope: 'chime:*' }),
    await there.issuer.token({ scope: '*', exp: seconds() - 60 }),
  ];
  const credentials = [
    `Bearer ${good}`,
    `Bearer ${narrow}`,
    `bearer  ${good}`,
    `Bearer ${expired}`,
    `Bearer ${good}`,
    undefined,
    `Bearer ${good}`,
    `Basic ${good}`,
    `Bearer ${good}A`,
    `Bearer ${narrow}`,
  ];
  const body = JSON.stringify({ query });
  const socket = connectTo(there.gateway.url);
  const head = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n`;
  const requests = credentials.map((sent, at) => {
    const authorization = sent === undefined ? '' : `authorization: ${sent}\r\n`;
    const last = at === credentials.length - 1 ? 'connection: close\r\n' : '';
    return `${head}${authorization}${last}\r\n${body}`;
  });
  socket.write(requests.join(''));
  const answers = (await text(socket)).split('HTTP/1.1 ').slice(1);
  const kinds = answers.map(answer =>
    answer.startsWith('200') ? (answer.includes('"errors"') ? 'denied' : 'served') : answer.slice(0, 3),
  );
  expect(kinds).toEqual([
    'served',
    'denied',
    'served',
    '401',
    'served',
    '401',
    'served',
    '401',
    '401',
    'denied',
  ]);
});
