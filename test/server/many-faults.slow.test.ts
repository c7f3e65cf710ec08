/** How much memory and time those can take whose inputs are wrong in tens of thousands of places. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { json, send } from '../support/http.ts';
import { envOfGatewayOn, spawnGateway } from '../support/process.ts';

/** An AWS that answers after some seconds, and never what is expected. */
async function startSlowAws(): Promise<string> {
  const server = createServer((_request, response) => {
    setTimeout(() => response.writeHead(500).end(), 3_000);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const mutationOf = (name: string, input: object): string => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`;
  return JSON.stringify({ query, variables: { input } });
};

const accountId = '6f1c2d3e-4b5a-4c6d-8e7f-901234567890';

/** One that AWS is asked for, so that the request lasts, and many that are none. */
const addresses = (count: number) =>
  mutationOf('inviteChimeUsers', {
    accountId,
    userEmailList: ['ok@example.com', ...Array.from({ length: count }, () => 'x x x')],
  });

const nameless = (extensions: object) =>
  mutationOf('createIdentityStoreUser', {
    userName: 'ada',
    displayName: 'Ada',
    name: { givenName: 'Ada', familyName: 'L' },
    extensions,
  });

const halves = (count: number) => Array.from({ length: count }, () => '\ud800');

const attacks: readonly (readonly [what: string, body: string, copies: number])[] = [
  ['batches of 110,000 malformed items', addresses(110_000), 16],
  ['batches of as many items as may be', addresses(9_999), 100],
  ['small bodies with batches of 1,900 malformed items', addresses(1_900), 800],
  ['small bodies with batches that count for little', addresses(49), 900],
  ['texts that cannot be sent', nameless({ 'aws:identitystore:enterprise': halves(100_000) }), 16],
  ['texts that cannot be sent, under a long name', nameless({ ['n'.repeat(300_000)]: halves(2_000) }), 4],
];

it.each(attacks)(
  'A heap of 256 MB holds %s, and others are answered',
  async (_what, body, copies) => {
    const program = spawnGateway({
      ...envOfGatewayOn(await startSlowAws()),
      AWS_BUDGETS: 'off',
      NODE_OPTIONS: '--max-old-space-size=256',
    });
    const { origin } = new URL(await program.url);
    const attack = Promise.all(
      Array.from({ length: copies }, () =>
        send(origin, json(body)).then(
          ({ status }) => status,
          (error: Error) => error.message,
        ),
      ),
    );
    const end = new AbortController();
    void attack.finally(() => end.abort());
    const waits: number[] = [];
    while (!end.signal.aborted) {
      const since = performance.now();
      expect(await send(origin, json('{"query":"{ __typename }"}'))).toMatchObject({ status: 200 });
      waits.push(performance.now() - since);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    // Those beyond what may be held at a time are told so.
    for (const status of await attack) expect([200, 400, 503]).toContain(status);
    expect(program.child.exitCode ?? program.child.signalCode).toBeNull();
    expect(Math.max(...waits)).toBeLessThan(10_000);
  },
  120_000,
);
