/** How requests travel, where the calls of the SDK do not show it. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { HttpRequest } from '@smithy/core/protocols';
import { expect, it, onTestFinished } from 'vitest';
import { Transport } from '../../src/aws/transport.ts';
import { startAws } from '../support/aws-client.ts';
import type { Answer } from '../support/recording-server.ts';

function open(url: string) {
  const transport = new Transport(10_000);
  onTestFinished(() => transport.destroy());
  const { protocol, hostname, port } = new URL(url);
  const request = new HttpRequest({ protocol, hostname, port: Number(port), method: 'GET', path: '/' });
  return { transport, answer: transport.handle(request) };
}

const inPieces: Answer = (_request, response) => {
  response.writeHead(200).write('{"a":');
  setTimeout(() => response.end('1}'), 50);
};

it('gives an answer that comes in pieces as one', async () => {
  const { url } = await startAws(inPieces);
  const { response } = await open(url).answer;
  expect(String(response.body)).toBe('{"a":1}');
});

it('closes the connections of requests under way when it is over', async () => {
  const sockets: (Socket | null)[] = [];
  const { url } = await startAws((_request, response) => void sockets.push(response.socket));
  const { transport, answer } = open(url);
  await expect.poll(() => sockets).toHaveLength(1);
  const closed = once(sockets[0] as Socket, 'close');
  transport.destroy();
  await expect(answer).rejects.toThrow('The answer was not waited for.');
  await closed;
});
