/** Clients that read the results of a job too slowly keep them from nobody for long. */
import { get, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startIssuer } from '../support/issuer.ts';
import { type JobGateway, queryAs, runJob, startJobGateway } from '../support/jobs.ts';

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

/** Gives a job more results than the buffers of two sockets hold. */
const addResults = ({ database }: JobGateway, jobId: string) =>
  database.sql(
    `insert into vestibule.job_row (job, position, state, error)
     select $1, at, 'FAILED', jsonb_build_object('name', 'ConflictError', 'code', 'CONFLICT', 'message', repeat('x', 900))
     from generate_series(1, 40000) as at`,
    [jobId],
  );

it('Two callers who do not read to the end leave places to others', async () => {
  const issuer = await startIssuer();
  onTestFinished(() => issuer.stop());
  const gateway = await startJobGateway({ ...issuer.env });
  onTestFinished(() => gateway.stop());
  const tokenOf = (sub: string) => issuer.token({ sub, scope: '*' });
  const asked = await queryAs(
    gateway,
    await tokenOf('ada'),
    `mutation { result: importRekognitionUsers(input: { collectionId: "employees", source: { rows: [{ userId: "no spaces" }] } }) {
      ... on ImportRekognitionUsersSuccess { job { id jobId state } } } }`,
  );
  const { id, jobId, state } = asked.data.result.job;
  expect(state).toBe('INVALID');
  await addResults(gateway, jobId);
  async function open(sub: string): Promise<number | undefined> {
    const { data } = await queryAs(
      gateway,
      await tokenOf(sub),
      `{ node(id: "${id}") { ... on Job { resultsUrl } } }`,
    );
    const url = new URL(data.node.resultsUrl, `${gateway.url}/graphql`);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { agent: false }, resolve).on('error', reject);
    });
    onTestFinished(() => void response.destroy());
    return response.statusCode;
  }
  const statuses: Record<string, (number | undefined)[]> = {};
  for (const [sub, times] of Object.entries({ ada: 6, bob: 3, carol: 2, dora: 1, erin: 1, fred: 1 })) {
    statuses[sub] = [];
    for (let at = 0; at < times; at += 1) statuses[sub].push(await open(sub));
  }
  expect(statuses).toEqual({
    ada: [200, 200, 200, 200, 200, 503],
    bob: [200, 200, 503],
    carol: [200, 503],
    dora: [200],
    erin: [200],
    fred: [503],
  });
});

it('A client that reads a little now and then is cut off, and one that is merely slow is not', async () => {
  const gateway = await startJobGateway();
  onTestFinished(() => gateway.stop());
  const { id, jobId } = await runJob(gateway, 'importRekognitionUsers', {
    collectionId: 'employees',
    dryRun: true,
    source: { rows: [{ userId: 'a' }] },
  });
  await addResults(gateway, jobId);
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
