/** How requests travel, where the calls of the SDK do not show it. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { HttpRequest } from '@smithy/core/protocols';
import { expect, it, onTestFinished } from 'vitest';
import { AnswerAllowance } from '../../src/aws/failure.ts';
import { Transport } from '../../src/aws/transport.ts';
import { startAws } from '../support/aws-client.ts';
import type { Answer } from '../support/recording-server.ts';

function open(url: string, timeoutMs = 10_000, connections?: number) {
  const transport = new Transport({ timeoutMs, ...(connections && { connections }) });
  onTestFinished(() => transport.destroy());
  const { protocol, hostname, port } = new URL(url);
  const request = new HttpRequest({ protocol, hostname, port: Number(port), method: 'GET', path: '/' });
  return { transport, request, answer: transport.handle(request) };
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

it('gives the next connection to who has fewest, whoever waits longer', async () => {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const { url } = await startAws(({ headers }, response) => {
    begun.push(String(headers['x-of']));
    ends.push(() => response.end('{}'));
  });
  const { transport, request, answer } = open(url, 10_000, 3);
  const send = (principal: string) => {
    const named = HttpRequest.clone(request);
    named.headers['x-of'] = principal;
    return transport.handle(named, { principal });
  };
  const all = Array.from('aaaaaabbbc').map(send);
  for (let end = 0; end < 11; end += 1) {
    await expect.poll(() => ends.length).toBeGreaterThanOrEqual(Math.min(11, end + 3));
    ends[end]?.();
  }
  await Promise.all([answer, ...all]);
  // The first is of nobody; a then has two, and each end is of the oldest.
  expect(begun.join(' ')).toBe('undefined a a b c a b a b a a');
});

it('takes large answers apart in turns of those to whom they go', async () => {
  const ends: (() => void)[] = [];
  const { url } = await startAws((_request, response) => {
    ends.push(() => response.end(`"${'x'.repeat(20_000)}"`));
  });
  const { transport, request } = open(url);
  const read: string[] = [];
  const send = async (principal: string) => {
    await transport.handle(request, { principal });
    read.push(principal);
    // As much as a turn may take.
    const until = performance.now() + 12;
    while (performance.now() < until);
  };
  const all = Array.from('aaaaaaaaaaaaaaaaaaaab').map(send);
  await expect.poll(() => ends.length).toBe(22);
  for (const end of ends) end();
  await Promise.all(all);
  expect(read.indexOf('b')).toBeLessThan(10);
});

it('reads no more than is allowed of all answers together, and then sends nothing', async () => {
  let requests = 0;
  const { url } = await startAws((_request, response) => {
    requests += 1;
    response.end('1'.repeat(6));
  });
  const deadline = { at: Infinity, limitMs: Infinity, allowance: new AnswerAllowance(10) };
  const { transport, answer, request } = open(url);
  await answer;
  await transport.handle(request, { deadline });
  const message = 'The answers have more than 10 bytes.';
  await expect(transport.handle(request, { deadline })).rejects.toThrow(message);
  expect(requests).toBe(3);
  await expect(transport.handle(request, { deadline })).rejects.toThrow(message);
  expect(requests).toBe(3);
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

it.each([
  ['the beginning', () => {}],
  ['the end', (_request, response) => void response.writeHead(200).write('{"a":')],
] as [string, Answer][])('waits for %s of an answer to the millisecond', async (_part, answer) => {
  const { url } = await startAws(answer);
  const ended: unknown[] = [];
  open(url, 100).answer.catch((error: unknown) => ended.push(error));
  // Timers fire in the order of their times, on a slow machine too; undici's own would need half a second.
  await sleep(90);
  expect(ended).toEqual([]);
  await sleep(300);
  await nextTurn();
  expect(ended).toMatchObject([{ message: 'There was no answer within 100 ms.' }]);
});

it('takes an answer that came while the process did nothing', async () => {
  const { url } = await startAws((_request, response) => {
    response.end('{}');
    const until = performance.now() + 300;
    while (performance.now() < until);
  });
  const { response } = await open(url, 200).answer;
  expect(response.statusCode).toBe(200);
});
