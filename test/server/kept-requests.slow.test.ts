/** How much memory those can take who send many large requests at a time and read no answers. */
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { connectTo } from '../support/connection.ts';
import { json, send } from '../support/http.ts';
import { spawnGateway } from '../support/process.ts';

const CONNECTIONS = 100;
const PIPELINED = 60;

/** As large as what was not counted once; each is another, so that none is known. */
function request(number: string): string {
  const query = `{ identityStoreUsers(first: 100) { edges { node { id userName } } } }#${number.padEnd(65_000)}`;
  const body = JSON.stringify({ query });
  return `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** Sends as many as are taken, and reads nothing. */
async function sendAll(url: URL, connection: number): Promise<void> {
  const socket = connectTo(url).pause();
  for (let at = 0; at < PIPELINED && !socket.destroyed; at += 1) {
    const isTaken = socket.write(request(`${connection} ${at}`));
    if (!isTaken) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
  }
}

it('A heap of 256 MB is enough, and who asks for little is served', { timeout: 90_000 }, async () => {
  const program = spawnGateway({
    PORT: '0',
    LOCAL_AWS_DATA: ':memory:',
    LOG_LEVEL: 'error',
    NODE_OPTIONS: '--max-old-space-size=256',
  });
  const url = new URL(await program.url);
  const all = Promise.all(Array.from({ length: CONNECTIONS }, (_, at) => sendAll(url, at)));
  // Some are never taken: the gateway has read as much as it keeps.
  await Promise.race([all, new Promise(resolve => setTimeout(resolve, 20_000))]);
  expect(program.child.exitCode ?? program.child.signalCode).toBeNull();
  const live = { method: 'GET', path: '/health/live' };
  expect(await send(url.origin, live)).toMatchObject({ status: 200 });
  expect(await send(url.origin, json('{"query":"{ __typename }"}'))).toMatchObject({ status: 200 });
});
