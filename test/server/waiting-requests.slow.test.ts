/** How much memory those can take whose requests hold much that is not asked for, and wait for AWS. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { json, type Sent, send } from '../support/http.ts';
import { envOfGatewayOn, spawnGateway } from '../support/process.ts';

/** Of as many callers, together as much as may be counted. */
const REQUESTS = 28;

/** An AWS that takes requests and never answers one. */
async function startSilentAws() {
  let asked = 0;
  const server = createServer(() => {
    asked += 1;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}

/** As many values as may be, each object of another form: parsed, they take 15 times the memory of a megabyte. */
const many = `[${Array.from({ length: 60_000 }, (_, n) => `{"${(n % 9_999).toString(36).padStart(3, '0')}":1}`).join()}]`;
const unused = `{"a":${many}}`.padEnd(1_000_000);

const query = (n: number) => `query Q${n} { identityStoreUsers(first: 1) { edges { node { userName } } } }`;

const part = (name: string, value: string) =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

function form(operations: string): Sent {
  const body = `${part('operations', operations)}${part('map', '{}')}--x--\r\n`;
  const headers = {
    'content-type': 'multipart/form-data; boundary=x',
    'graphql-require-preflight': '1',
    'content-length': String(body.length),
  };
  return { headers, body };
}

const variables = (n: number) => `{"query":"${query(n)}","variables":${unused}}`;

const ways: readonly (readonly [way: string, sent: (n: number) => Sent])[] = [
  ['variables, with documents that are new', n => json(variables(n))],
  ['variables, with one document', () => json(variables(0))],
  ['variables of uploads', () => form(variables(0))],
  ['extensions', () => json(`{"query":"${query(0)}","extensions":${unused}}`)],
];

it.each(ways)(
  'A heap of 256 MB holds requests of a megabyte with %s',
  async (_way, sent) => {
    const aws = await startSilentAws();
    const program = spawnGateway({
      ...envOfGatewayOn(aws.url),
      AWS_BUDGETS: 'off',
      AWS_TIMEOUT_MS: '600000',
      REQUEST_TIMEOUT_MS: '600000',
      MAX_BODY_BYTES_IN_FLIGHT: '1000000000',
      TRUSTED_PROXIES: '1',
      NODE_OPTIONS: '--max-old-space-size=256',
    });
    const { origin } = new URL(await program.url);
    const answers: unknown[] = [];
    for (let n = 0; n < REQUESTS; n += 1) {
      const request = sent(n);
      const headers = { ...request.headers, 'x-forwarded-for': `192.0.2.${n}` };
      send(origin, { ...request, headers }).then(
        ({ body }) => answers.push(body),
        error => answers.push(error),
      );
    }
    await expect.poll(aws.asked, { timeout: 60_000 }).toBe(REQUESTS);
    expect(await send(origin, json('{"query":"{ __typename }"}'))).toMatchObject({ status: 200 });
    expect(answers).toEqual([]);
    expect(program.child.exitCode ?? program.child.signalCode).toBeNull();
  },
  90_000,
);
