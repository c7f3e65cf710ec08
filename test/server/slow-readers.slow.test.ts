/** What becomes of answers that nobody reads. */
import { createSchema } from 'graphql-yoga';
import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openAccess } from '../support/access.ts';
import { connectTo } from '../support/connection.ts';
import { startServer } from '../support/server.ts';

/** More than the buffers of two sockets hold. */
const TEXT_LENGTH = 50_000_000;

const TEXT = '{"query":"{ text }"}';

/** A client that has asked for a large text and does not read the answer, which waits for it. */
async function silentClient(localAddress?: string) {
  const client = await clientOf([TEXT], localAddress);
  await expect.poll(() => client.log).toMatchObject([{ status: 200 }]);
  return client;
}

/** A client that sends requests one after the other and reads nothing; `late` is there when it is told to be. */
async function clientOf(bodies: readonly string[], localAddress = '127.0.0.1') {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const log: unknown[] = [];
  const { promise: late, resolve: tellLate } = Promise.withResolvers<string>();
  const server = await startServer({
    schema: createSchema({
      typeDefs: 'type Query { text: String late: String }',
      resolvers: { Query: { text: () => 'x'.repeat(TEXT_LENGTH), late: () => late } },
    }),
    gateway: { statuses: [], connected: new Map(), upstream: () => [], settleTimeoutMs: 0 },
    access: openAccess,
    logger: pino({ base: null }, { write: line => log.push(JSON.parse(line)) }),
    maxAnswerBytes: 2 * TEXT_LENGTH,
  });
  const client = connectTo(server.url, localAddress).pause();
  onTestFinished(async () => {
    client.destroy();
    tellLate('');
    await server.stop();
  });
  for (const body of bodies) {
    client.write(
      `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
  }
  return Object.assign(client, { log, tellLate });
}

/** How many bytes come until there are enough or the connection ends. */
function received(client: Awaited<ReturnType<typeof clientOf>>): Promise<number> {
  let bytes = 0;
  return new Promise(resolve => {
    client.on('data', part => {
      bytes += part.length;
      if (bytes > TEXT_LENGTH) resolve(bytes);
    });
    client.on('error', () => resolve(bytes));
    client.on('close', () => resolve(bytes));
    client.resume();
  });
}

it('an answer waits nearly a minute for a client that does not read it', async () => {
  const client = await silentClient();
  vi.advanceTimersByTime(59_000);
  expect(await received(client)).toBeGreaterThan(TEXT_LENGTH);
});

it('a client that has not read its answer in a minute is cut off', async () => {
  const client = await silentClient();
  vi.advanceTimersByTime(60_000);
  expect(await received(client)).toBeLessThan(TEXT_LENGTH);
  await expect
    .poll(() => client.log)
    .toMatchObject([{ status: 200 }, { level: 40, outcome: 'cut', reason: 'unread' }]);
});

it('a client that leaves before it has read its answer is told of in the log', async () => {
  const client = await silentClient();
  client.destroy();
  await expect
    .poll(() => client.log)
    .toMatchObject([{ status: 200 }, { level: 40, outcome: 'cut', reason: 'closed' }]);
});

it('a client that has read its answer is not waited for any more', async () => {
  const client = await silentClient();
  expect(vi.getTimerCount()).toBe(1);
  expect(await received(client)).toBeGreaterThan(TEXT_LENGTH);
  await expect.poll(() => vi.getTimerCount()).toBe(0);
  expect(client.log).toHaveLength(1);
});

it('of many that do not read, those are cut off that wait the longest, and who reads gets the whole answer', async () => {
  const first = await silentClient();
  const others = [await silentClient(), await silentClient()];
  const reader = await silentClient();
  expect(await received(reader)).toBeGreaterThan(TEXT_LENGTH);
  expect(await received(first)).toBeLessThan(TEXT_LENGTH);
  await expect
    .poll(() => first.log)
    .toMatchObject([{ status: 200 }, { level: 40, outcome: 'cut', reason: 'displaced' }]);
  expect(await received(others[1] as typeof first)).toBeGreaterThan(TEXT_LENGTH);
});

it('who has less to read than another is not cut off for it', async () => {
  const reader = await silentClient('127.0.0.2');
  const others = [await silentClient(), await silentClient(), await silentClient()];
  expect(await received(reader)).toBeGreaterThan(TEXT_LENGTH);
  await expect
    .poll(() => others.map(({ log }) => log))
    .toMatchObject([[{}, { reason: 'displaced' }], [{}, { reason: 'displaced' }], [{}]]);
});

const LATE = '{"query":"{ late }"}';

it('answers that wait behind another on their connection take room all the same, and are cut off with it', async () => {
  const client = await clientOf([LATE, TEXT, TEXT, TEXT]);
  // It would read, if there were anything.
  expect(await received(client)).toBe(0);
  await expect
    .poll(() => client.log)
    .toMatchObject([
      { status: 200 },
      { status: 200 },
      { status: 200 },
      { outcome: 'cut', reason: 'displaced' },
      { outcome: 'cut', reason: 'closed' },
      { outcome: 'cut', reason: 'closed' },
    ]);
});

it('an answer that waits behind another has its minute when its turn has come', async () => {
  const client = await clientOf([LATE, TEXT]);
  await expect.poll(() => client.log).toMatchObject([{ status: 200 }]);
  vi.advanceTimersByTime(120_000);
  client.tellLate('now');
  await expect.poll(() => vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(await received(client)).toBeLessThan(TEXT_LENGTH);
  await expect.poll(() => client.log).toMatchObject([{}, {}, { outcome: 'cut', reason: 'unread' }]);
});
