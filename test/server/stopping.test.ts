/** What a gateway that stops tells the clients that go on sending, and those that still wait. */
import { connect } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import { spawnGateway } from '../support/process.ts';

it('the answers to requests that come after all say that the connection ends', async () => {
  const gateway = spawnGateway({ PORT: '0', LOCAL_AWS_DATA: ':memory:' });
  const { hostname, port } = new URL(await gateway.url);
  const body = '{"query":"{ __typename }"}';
  const head = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  const client = connect(Number(port), hostname).setEncoding('utf8');
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
        retryable: true,
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
