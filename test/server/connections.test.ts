/** How many clients may be connected at a time. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { connectTo } from '../support/connection.ts';
import { useGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';

const gateway = useGateway({ MAX_CONNECTIONS: '3', METRICS_PORT: '0' });

const quick = '{"query":"{ __typename }"}';
const slow = '{"query":"{ rekognitionCollection(collectionId: \\"employees\\") { collectionId } }"}';

/** Opens a connection from an address of this machine. */
async function open(localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connectTo(gateway.url, localAddress);
  await once(socket, 'connect');
  // The gateway accepts them in their order, and not before its own turn.
  await sleep(50);
  return socket;
}

function post(body: string): string {
  return `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** What a request over this connection is answered with. */
async function ask(socket: Socket, body: string): Promise<string> {
  socket.write(post(body));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString('latin1');
}

const isOpen = (socket: Socket) => !socket.destroyed && !socket.readableEnded;

/** Reads, or the end would not be seen. */
const watched = async (...addresses: (string | undefined)[]) => {
  const sockets: Socket[] = [];
  for (const address of addresses) {
    const socket = await open(address);
    socket.on('error', () => {}).resume();
    sockets.push(socket);
  }
  return sockets;
};

it('For one more, the oldest that waits for no answer is closed', async () => {
  const [used, busy, begun] = (await watched(undefined, undefined, undefined)) as [Socket, Socket, Socket];
  expect(await ask(used, quick)).toMatch(/^HTTP\/1.1 200 /);
  gateway.localAws.faults.add({ effect: { type: 'latency', milliseconds: 1_500 } });
  const answer = ask(busy, slow);
  begun.write('POST /graphql HTTP/1.1\r\nhost: loc');
  const [fourth, fifth] = (await watched(undefined, undefined)) as [Socket, Socket];
  await expect
    .poll(() => [used, busy, begun, fourth, fifth].map(isOpen))
    .toEqual([false, true, false, true, true]);
  const metrics = await fetch(gateway.metricsUrl ?? '');
  expect(await metrics.text()).toMatch(/^vestibule_connections 3$/m);
  expect(await answer).toMatch(/^HTTP\/1.1 200 /);
  expect(await ask(fifth, quick)).toMatch(/^HTTP\/1.1 200 /);
});

it('It is one of the address that has the most', async () => {
  const sockets = await watched('127.0.0.2', '127.0.0.3', '127.0.0.3', '127.0.0.3', '127.0.0.3');
  await expect.poll(() => sockets.map(isOpen)).toEqual([true, false, false, true, true]);
});

it('While all wait for answers, the one that opens is closed, and all are answered', async () => {
  gateway.localAws.faults.add({ effect: { type: 'latency', milliseconds: 1_500 } });
  gateway.localAws.faults.add({ effect: { type: 'latency', milliseconds: 1_500 } });
  gateway.localAws.faults.add({ effect: { type: 'latency', milliseconds: 1_500 } });
  const busy = await watched(undefined, undefined, undefined);
  const answers = busy.map(socket => ask(socket, slow));
  await sleep(100);
  const [fourth] = (await watched(undefined)) as [Socket];
  await expect.poll(() => isOpen(fourth)).toBe(false);
  for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1.1 200 /);
  for (const socket of busy) socket.destroy();
  await expect
    .poll(() => send(gateway.url, json(quick)).catch(() => undefined))
    .toMatchObject({ status: 200 });
});
