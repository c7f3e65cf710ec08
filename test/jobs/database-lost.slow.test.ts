/** A database that goes away in the middle of a job takes nothing with it: the gateway goes on, and so does the job. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { envOfGatewayOn, spawnGateway, spawnLocalAws } from '../support/process.ts';

const ROWS = 60;

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
async function query(url: string, document: string, variables: object = {}): Promise<any> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, variables }),
  });
  return ((await response.json()) as { data: unknown }).data;
}

it('The embedded server is killed during an import', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vestibule-lost-'));
  // As root, PostgreSQL runs as somebody else.
  await chmod(folder, 0o755);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const aws = await spawnLocalAws().url;
  const gateway = spawnGateway({
    DATABASE_URL: '',
    DATABASE_SECRET: '',
    DATABASE_FOLDER: folder,
    JOB_WORKERS: '2',
    ...envOfGatewayOn(aws),
    AWS_BUDGETS: 'rekognition:CreateUser=20',
  });
  const url = await gateway.url;
  const rows = Array.from({ length: ROWS }, (_, at) => ({ userId: `user-${at}` }));
  const { importRekognitionUsers: asked } = await query(
    url,
    `mutation ($rows: [ImportRekognitionUsersRow!]) {
      importRekognitionUsers(input: { collectionId: "employees", source: { rows: $rows } }) {
        ... on ImportRekognitionUsersSuccess { job { id } }
      }
    }`,
    { rows },
  );
  const progress = async () =>
    (
      await query(
        url,
        'query ($id: ID!) { node(id: $id) { ... on Job { state counts { succeeded failed unknown } } } }',
        { id: asked.job.id },
      )
    )?.node;
  while (((await progress())?.counts.succeeded ?? 0) < ROWS / 4) await setTimeout(50);
  const pidFile = path.join(folder, 'postgres-18', 'cluster', 'postmaster.pid');
  process.kill(Number((await readFile(pidFile, 'utf8')).split('\n')[0]), 'SIGKILL');
  // What needs no database is served.
  expect(await query(url, '{ rekognitionCollection(collectionId: "employees") { collectionId } }')).toEqual({
    rekognitionCollection: { collectionId: 'employees' },
  });
  while ((await progress())?.state !== 'COMPLETED') await setTimeout(200);
  expect(await progress()).toEqual({
    state: 'COMPLETED',
    counts: { succeeded: ROWS, failed: 0, unknown: 0 },
  });
  // Calls whose outcomes were not written are repeated with the same token, which AWS recognises.
  const { rekognitionCollection } = await query(
    url,
    '{ rekognitionCollection(collectionId: "employees") { users(first: 1000) { edges { node { userId } } } } }',
  );
  const made = rekognitionCollection.users.edges.filter(({ node }: { node: { userId: string } }) =>
    node.userId.startsWith('user-'),
  );
  expect(made).toHaveLength(ROWS);
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
}, 180_000);
