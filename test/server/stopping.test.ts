/** What a gateway that stops tells the clients that go on sending. */
import { connect } from 'node:net';
import { expect, it } from 'vitest';
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
