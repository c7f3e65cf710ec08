/** Several requests over one connection before the first is answered. */
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { connectTo } from '../support/connection.ts';
import { useGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';

const gateway = useGateway();

const body = '{"query":"{ __typename }"}';
/** The answers to all others wait for that to this one. */
const slowBody = '{"query":"{ rekognitionCollection(collectionId: \\"employees\\") { collectionId } }"}';

/** What is answered to so many requests that are sent at once, until the connection ends. */
async function answersTo(count: number, last: string): Promise<readonly string[]> {
  gateway.localAws.faults.add({ effect: { type: 'latency', milliseconds: 1_000 } });
  const socket = connectTo(gateway.url);
  await once(socket, 'connect');
  const request = (number: number, content: string) =>
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\nx-request-id: ${number}\r\ncontent-type: application/json\r\ncontent-length: ${content.length}\r\n${number === count ? last : ''}\r\n${content}`;
  socket.write(
    Array.from({ length: count }, (_, at) => request(at + 1, at === 0 ? slowBody : body)).join(''),
  );
  const answers = await text(socket);
  return answers.split('HTTP/1.1 ').slice(1);
}

const idOf = (answer: string) => Number(/x-request-id: (\d+)/.exec(answer)?.[1]);

it('A hundred are answered, in their order', async () => {
  const answers = await answersTo(100, 'connection: close\r\n');
  expect(new Set(answers.map(answer => answer.slice(0, 3)))).toEqual(new Set(['200']));
  expect(answers.map(idOf)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
});

it('The hundredth ends the connection if there are more: what comes after it is not looked at', async () => {
  const answers = await answersTo(400, '');
  expect(answers.map(idOf)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
  expect(answers.map(answer => /^connection: close/im.test(answer))).toEqual(
    answers.map((_, at) => at === 99),
  );
  expect(await send(gateway.url, json(body))).toMatchObject({ status: 200 });
});
