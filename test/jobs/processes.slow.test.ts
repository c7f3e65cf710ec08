/** Bulk jobs outlive the processes that work on them: no row is lost, none is performed twice, and what is told is true. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';
import { envOfGatewayOn, spawnGateway, spawnLocalAws } from '../support/process.ts';

const ROWS = 150;

/** How many of the gateways are killed each time: once it is surely the one that works on the job. */
const KILLED = [2, 3];

let database: OwnDatabase;
beforeAll(async () => {
  database = await ownDatabase();
});
afterAll(() => database.drop());

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
async function query(url: string, document: string, variables: object = {}): Promise<any> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

it('Three gateways on one database perform each row once, whichever of them are killed meanwhile', async () => {
  const aws = await spawnLocalAws().url;
  const env = {
    ...database.env,
    ...envOfGatewayOn(aws),
    AWS_BUDGETS: 'identitystore=30',
    JOB_WORKERS: '4',
    SHARED_BUDGETS: 'on',
  };
  const gateways = [spawnGateway(env), spawnGateway(env), spawnGateway(env)];
  await Promise.all(gateways.map(({ url }) => url));
  const anyUrl = async () => await (gateways.at(-1) as (typeof gateways)[number]).url;
  const rows = Array.from({ length: ROWS }, (_, at) => ({
    userName: `user-${at}`,
    displayName: `User ${at}`,
    name: { givenName: 'Given', familyName: 'Family' },
    groups: [{ displayName: 'Engineers' }],
  }));
  const { importIdentityStoreUsers: asked } = await query(
    await anyUrl(),
    `mutation ($rows: [ImportIdentityStoreUsersRow!]) {
      importIdentityStoreUsers(input: { source: { rows: $rows } }) { ... on ImportIdentityStoreUsersSuccess { job { id } } }
    }`,
    { rows },
  );
  const { id } = asked.job;
  const progress = async () =>
    (
      await query(
        await anyUrl(),
        'query ($id: ID!) { node(id: $id) { ... on Job { state counts { succeeded failed unknown waiting } } } }',
        { id },
      )
    ).node;
  for (const [at, count] of KILLED.entries()) {
    const goal = (ROWS / (KILLED.length + 1)) * (at + 1);
    while ((await progress()).counts.succeeded < goal) await setTimeout(50);
    const killed = gateways.splice(0, count);
    for (const { child } of killed) child.kill('SIGKILL');
    await Promise.all(killed.map(({ exit }) => exit));
    gateways.push(...killed.map(() => spawnGateway(env)));
    await anyUrl();
  }
  while ((await progress()).state !== 'COMPLETED') await setTimeout(200);
  expect(await progress()).toEqual({
    state: 'COMPLETED',
    counts: { succeeded: ROWS, failed: 0, unknown: 0, waiting: 0 },
  });
  const { requests } = (await (await fetch(`${aws}/_local-aws/requests`)).json()) as {
    requests: readonly { operation: string }[];
  };
  const count = (operation: string) => requests.filter(each => each.operation === operation).length;
  expect({ users: count('CreateUser'), memberships: count('CreateGroupMembership') }).toEqual({
    users: ROWS,
    memberships: ROWS,
  });
}, 240_000);
