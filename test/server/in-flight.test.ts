/** How many requests there may be at a time, and which of them count. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';

async function start(env: NodeJS.ProcessEnv): Promise<TestGateway> {
  const gateway = await startTestGateway(env);
  onTestFinished(() => gateway.stop());
  return gateway;
}

const asks = json('{"query":"{ __typename }"}');

const overloaded = {
  status: 503,
  headers: { 'retry-after': '1' },
  body: {
    errors: [
      {
        message:
          'The gateway has as many requests under way as it may have, which is 2 (MAX_IN_FLIGHT). Nothing was done. Try again.',
        extensions: { code: 'OVERLOADED', limit: 'inFlight', maximum: 2, retryable: true },
      },
    ],
  },
};

/** A request whose body is never complete. */
function halfARequest(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 26\r\n\r\n{',
  );
  onTestFinished(() => void socket.destroy());
  return socket;
}

it('refuses at once what is beyond the limit, tells its health all the same, and has room when clients leave', async () => {
  const { url } = await start({ MAX_IN_FLIGHT: '2' });
  const sockets = [halfARequest(url), halfARequest(url)];
  await vi.waitFor(async () => expect(await send(url, asks)).toMatchObject(overloaded));
  // Its body is not waited for.
  const third = halfARequest(url);
  const [answer] = (await once(third, 'data')) as [Buffer];
  expect(String(answer)).toMatch(/^HTTP\/1\.1 503 /);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect((await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } })).status).toBe(200);
  for (const socket of sockets) socket.destroy();
  await vi.waitFor(async () => expect(await send(url, asks)).toMatchObject({ status: 200 }));
});

it('counts each request once, whatever becomes of it', async () => {
  const { url, localAws } = await start({ MAX_IN_FLIGHT: '2' });
  localAws.faults.add({ effect: { type: 'exception', name: 'AccessDeniedException' } });
  const mutation = json(
    '{"query":"mutation { createRekognitionUser(input: {collectionId: \\"employees\\", userId: \\"a\\"}) { __typename } }"}',
  );
  for (const sent of [asks, mutation, json('{'), json('{"query":"{ nothing }"}'), { ...asks, headers: {} }]) {
    for (let time = 0; time < 3; time += 1) await send(url, sent);
  }
  for (let time = 0; time < 10; time += 1) {
    const socket = halfARequest(url);
    await once(socket, 'connect');
    socket.destroy();
  }
  // If any were still counted, or counted twice when it left, one or three would be let in.
  await vi.waitFor(async () => expect(await send(url, asks)).toMatchObject({ status: 200 }));
  const held = [halfARequest(url)];
  await vi.waitFor(async () => expect(await send(url, asks)).toMatchObject({ status: 200 }));
  held.push(halfARequest(url));
  await vi.waitFor(async () => expect(await send(url, asks)).toMatchObject(overloaded));
});
