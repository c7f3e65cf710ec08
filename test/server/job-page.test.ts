/** The page of a bulk job, as a browser is given it; what it does there is in test/browser/jobs.js. */
import { expect, it, onTestFinished } from 'vitest';
import { startTestGateway, useGateway } from '../support/gateway.ts';
import { startIssuer } from '../support/issuer.ts';

const gateway = useGateway();
const path = '/jobs/00000000-0000-4000-8000-000000000000';

it('is the same for every job, runs its own script alone, and talks to this server alone', async () => {
  const answer = await fetch(`${gateway.url}${path}`);
  expect([answer.status, Object.fromEntries(answer.headers)]).toMatchObject([
    200,
    {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      ),
    },
  ]);
  const other = await fetch(`${gateway.url}${path.replace(/0$/, '1')}`);
  expect(await other.text()).toBe(await answer.text());
  const headers = { 'if-none-match': answer.headers.get('etag') ?? '' };
  expect((await fetch(`${gateway.url}${path}`, { headers })).status).toBe(304);
});

it.each(['/jobs', '/jobs/', '/jobs/1', `${path}/`, `${path}/results.xml`])('is not at %s', async other => {
  expect((await fetch(`${gateway.url}${other}`)).status).toBe(404);
});

it('needs no token itself, where callers do, and asks for one', async () => {
  expect(await (await fetch(`${gateway.url}${path}`)).text()).toContain('"needsToken":false');
  const issuer = await startIssuer();
  onTestFinished(() => issuer.stop());
  const asking = await startTestGateway({ ...issuer.env, GRAPHIQL: 'off' });
  onTestFinished(() => asking.stop());
  const answer = await fetch(`${asking.url}${path}`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('"needsToken":true');
});
