/** How often a caller may send requests. */
import { expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { RateLimiter } from '../../src/server/rate.ts';
import { startTestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';

it('is counted for each address where nobody is asked who it is, health aside', async () => {
  const gateway = await startTestGateway({ RATE_LIMIT: '2/min' });
  onTestFinished(() => gateway.stop());
  const { url } = gateway;
  const asks = json('{"query":"{ __typename }"}');
  expect((await send(url, asks)).status).toBe(200);
  expect((await send(url, asks)).status).toBe(200);
  const { status, headers, body } = await send(url, asks);
  const retryAfter = Number(headers['retry-after']);
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(30);
  expect({ status, headers, body }).toMatchObject({
    status: 429,
    headers: { 'ratelimit-policy': '"requests";q=2;w=60', ratelimit: `"requests";r=0;t=${retryAfter}` },
    body: {
      errors: [
        {
          message: `You send too many requests: 2 in a minute are accepted, and 2 at once. Try again in ${retryAfter} s.`,
          extensions: {
            code: 'TOO_MANY_REQUESTS',
            limit: 'rate',
            maximum: 2,
            seconds: 60,
            burst: 2,
            retryAfterSeconds: retryAfter,
            retryable: true,
          },
        },
      ],
    },
  });
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

it('lets a burst through after a pause, then as many as the rate has, each caller by itself', () => {
  const limiter = new RateLimiter({ requests: 10, seconds: 1 }, 3);
  const at = (now: number, caller = 'a') => limiter.take(caller, now);
  expect([at(0), at(0), at(0), at(0)]).toEqual([0, 0, 0, 100]);
  expect(at(0, 'b')).toBe(0);
  expect([at(99), at(100), at(100)]).toEqual([1, 0, 100]);
  expect([at(10_000), at(10_000), at(10_000), at(10_050)]).toEqual([0, 0, 0, 50]);
});

it.each(['50', '0/s', '5/h', '-1/s', '1.5/s'])('is no rate: %s', given => {
  expect(() => readConfig({ RATE_LIMIT: given })).toThrow(
    `RATE_LIMIT="${given}" is wrong: it must be a number of requests a second or a minute, such as 50/s or 600/min, or off.`,
  );
});
