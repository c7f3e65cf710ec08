/** What a gateway that stops tells the clients that go on sending, and those that still wait. */
import { Agent, request } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { connectTo } from '../support/connection.ts';
import { startTestGateway } from '../support/gateway.ts';
import { spawnGateway } from '../support/process.ts';

it('the answers to requests that come after all say that the connection ends', async () => {
  const gateway = spawnGateway({ PORT: '0', LOCAL_AWS_DATA: ':memory:' });
  const url = await gateway.url;
  const body = '{"query":"{ __typename }"}';
  const head = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  const client = connectTo(url).setEncoding('utf8');
  let received = '';
  client.on('data', text => {
    received += String(text);
  });
  client.write(`${head}${body}${head}`);
  await expect.poll(() => received).toContain('"__typename":"Query"');

  gateway.child.kill('SIGTERM');
  await expect.poll(gateway.stdout).toContain('Stopping: ');
  client.write(`${body}${head}${body}`);
  await gateway.exit;

  const connections = [...received.matchAll(/^connection: (.*)\r$/gim)].map(([, value]) => value);
  expect(connections).toEqual(['keep-alive', 'keep-alive', 'close']);
});

it('the answers to requests that take too long say what became of them', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const gateway = await startTestGateway();
  gateway.localAws.faults.add({ effect: { type: 'latency', milliseconds: 60_000 } });
  const fields = '{ ... on Error { message code retryable } }';
  const create = (userId: string) =>
    `createRekognitionUser(input: {collectionId: "employees", userId: "${userId}"}) ${fields}`;
  const changes = gateway.query(`mutation { one: ${create('one')} two: ${create('two')} }`);
  const read = gateway.query('{ rekognitionUser(collectionId: "employees", userId: "ada") { id } }');
  await expect.poll(() => gateway.localAws.requests.list()).toHaveLength(2);

  let answers = 0;
  void changes.then(() => (answers += 1));
  const stopped = gateway.stop();
  vi.advanceTimersByTime(7_900);
  await new Promise(resolve => setImmediate(resolve));
  expect(answers).toBe(0);
  vi.advanceTimersByTime(100);
  expect(await changes).toEqual({
    data: {
      one: {
        message:
          'Amazon Rekognition had not answered when this gateway stopped. The outcome is unknown: the change may or may not have been made. Look before you repeat it.',
        code: 'PROVIDER_FAILURE',
        retryable: false,
      },
      two: {
        message:
          'Amazon Rekognition was not called any more, because the client had left or this gateway stopped. Nothing was changed.',
        code: 'PROVIDER_FAILURE',
        retryable: true,
      },
    },
  });
  const { data, errors } = await read;
  expect(data).toEqual({ rekognitionUser: null });
  expect(errors).toMatchObject([
    {
      message: 'Amazon Rekognition had not answered when this gateway stopped.',
      extensions: { code: 'PROVIDER_FAILURE', retryable: true },
    },
  ]);
  await stopped;
});

it('each answer to a request that was under way says that the connection ends', async () => {
  const gateway = spawnGateway({ PORT: '0', LOCAL_AWS_DATA: ':memory:' });
  const url = await gateway.url;
  // What is asked, and the start of the answer: a result, a refusal by GraphQL, and one by a guard.
  const asked = [
    ['{"query":"{ __typename }"}', 'HTTP/1.1 200 OK'],
    ['{"query":"{ nothing"}', 'HTTP/1.1 400 Bad Request'],
    ['{"query":"\xFF"}', 'HTTP/1.1 400 Bad Request'],
  ] as const;
  const clients = asked.map(([body]) => {
    const client = connectTo(url).setEncoding('utf8');
    const received: string[] = [];
    client.on('data', text => received.push(String(text)));
    const ended = new Promise(resolve => client.once('close', resolve));
    const head =
      'host: localhost\r\ncontent-type: application/json\r\naccept: application/graphql-response+json';
    client.write(
      `POST /graphql HTTP/1.1\r\n${head}\r\nexpect: 100-continue\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    return { send: () => client.write(body, 'latin1'), received, ended };
  });
  // The server has read the heads when it asks for the bodies.
  await expect
    .poll(() => clients.every(({ received }) => received.join('').includes('100 Continue')))
    .toBe(true);

  gateway.child.kill('SIGTERM');
  await expect.poll(gateway.stdout).toContain('Stopping: ');
  for (const client of clients) client.send();
  await Promise.all(clients.map(({ ended }) => ended));
  expect(await gateway.exit).toBe(0);

  for (const [index, [, status]] of asked.entries()) {
    const answer = clients[index]?.received.join('').replace('HTTP/1.1 100 Continue\r\n\r\n', '');
    expect(answer?.split('\r\n')[0]).toBe(status);
    expect(answer?.match(/^connection: .*$/gim)).toEqual(['Connection: close']);
  }
});

it('no client that sends one request after another meets a connection that is just being closed', async () => {
  const gateway = spawnGateway({ PORT: '0', LOCAL_AWS_DATA: ':memory:', SHUTDOWN_DELAY_MS: '1500' });
  const { origin } = new URL(await gateway.url);
  const agent = new Agent({ keepAlive: true, maxSockets: 40 });
  onTestFinished(() => agent.destroy());
  const came: string[] = [];
  /** Sends requests until nobody takes them; what ends it is told. */
  const client = async (): Promise<Said> => {
    for (;;) {
      const said = await post(origin, agent);
      if (said.status === undefined) return said;
      came.push(`${said.status} ${said.connection}`);
    }
  };
  const clients = Array.from({ length: 40 }, client);
  await expect.poll(() => came.length).toBeGreaterThan(200);
  expect(new Set(came)).toEqual(new Set(['200 keep-alive']));

  gateway.child.kill('SIGTERM');
  // Who connects in the moment in which the port is closed may be refused or reset by the system.
  const ends = await Promise.all(clients);
  expect(ends.filter(({ reused }) => reused)).toEqual([]);
  expect(new Set(came)).toEqual(new Set(['200 keep-alive', '200 close']));
  expect(came.slice(-40)).toEqual(Array.from({ length: 40 }, () => '200 close'));
  expect(await gateway.exit).toBe(0);
});

interface Said {
  readonly status?: number | undefined;
  readonly connection?: string | undefined;
  /** Of one that was not answered: whether other requests had been answered over its connection. */
  readonly reused?: boolean;
}

function post(origin: string, agent: Agent): Promise<Said> {
  const body = '{"query":"{ __typename }"}';
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  return new Promise(resolve => {
    const sent = request(`${origin}/graphql`, { method: 'POST', agent, headers }, response => {
      response.resume();
      response.once('end', () => {
        resolve({ status: response.statusCode, connection: response.headers.connection });
      });
    });
    sent.once('error', () => resolve({ reused: sent.reusedSocket }));
    sent.end(body);
  });
}
