/** Clients that read the results of a job too slowly keep them from nobody for long. */
import { get, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { runJob, startJobGateway } from '../support/jobs.ts';

/** Reads so many bytes each quarter of a second; whether all came. */
const read = async (response: IncomingMessage, bytes: number): Promise<boolean> => {
  onTestFinished(() => void response.destroy());
  const over = new AbortController();
  response.on('error', () => over.abort()).on('end', () => over.abort());
  while (!over.signal.aborted) {
    for (let left = bytes; left > 0; ) {
      const piece = (response.read(Math.min(left, response.readableLength || 1)) ?? '') as Buffer;
      if (piece.length === 0) break;
      left -= piece.length;
    }
    await setTimeout(250, undefined, { ref: false });
  }
  return response.complete;
};

it('A client that reads a little now and then is cut off, and one that is merely slow is not', async () => {
  const gateway = await startJobGateway();
  onTestFinished(() => gateway.stop());
  const { id, jobId } = await runJob(gateway, 'importRekognitionUsers', {
    collectionId: 'employees',
    dryRun: true,
    source: { rows: [{ userId: 'a' }] },
  });
  // More than the buffers of two sockets hold.
  await gateway.database.sql(
    `insert into job_row (job, position, state, error)
     select $1, at, 'FAILED', jsonb_build_object('name', 'ConflictError', 'code', 'CONFLICT', 'message', repeat('x', 900))
     from generate_series(1, 40000) as at`,
    [jobId],
  );
  const { data } = await gateway.query(`{ node(id: "${id}") { ... on Job { resultsUrl } } }`);
  const url = new URL(data.node.resultsUrl, `${gateway.url}/graphql`);
  const open = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(url, resolve).on('error', reject);
    });
  // All that one address may have: the others wait for a place.
  const [first, ...others] = await Promise.all([open(), open(), open(), open(), open()]);
  expect((await fetch(url)).status).toBe(503);
  for (const other of others) void read(other, 500);
  expect(await read(first, 262_144)).toBe(true);
  const free = async () => {
    const leave = new AbortController();
    const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(url, { signal: leave.signal })));
    leave.abort();
    return answers.map(({ status }) => status);
  };
  await expect.poll(free, { timeout: 150_000, interval: 2_000 }).toEqual([200, 200, 200, 200, 200]);
}, 300_000);
