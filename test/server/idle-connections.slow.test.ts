/** How much memory connections take over which nothing comes any more. */
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { connectTo } from '../support/connection.ts';
import { json, send } from '../support/http.ts';
import { spawnGateway } from '../support/process.ts';

const CONNECTIONS = 5_000;
const AT_ONCE = 100;

/** Node keeps such names twice, as they were sent and in small letters. */
const headers = Array.from({ length: 96 }, (_, at) => `X${at}${'Q'.repeat(148)}: a\r\n`).join('');

/** Asks for something, and leaves the connection open. */
async function ask(url: URL): Promise<void> {
  const socket = connectTo(url);
  socket.write(`GET /health/live HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n`);
  await Promise.race([once(socket, 'data'), once(socket, 'close')]);
}

it('What came with their requests does not stay', { timeout: 90_000 }, async () => {
  const program = spawnGateway({
    PORT: '0',
    LOCAL_AWS_DATA: ':memory:',
    LOG_LEVEL: 'error',
    MAX_CONNECTIONS: '10000',
    NODE_OPTIONS: '--max-old-space-size=128',
  });
  const url = new URL(await program.url);
  for (let asked = 0; asked < CONNECTIONS && program.child.exitCode === null; asked += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => ask(url)));
  }
  expect(program.child.exitCode ?? program.child.signalCode).toBeNull();
  expect(await send(url.origin, json('{"query":"{ __typename }"}'))).toMatchObject({ status: 200 });
});
