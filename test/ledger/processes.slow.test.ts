/** What was begun under a key outlasts the process that began it, and none that begins it again makes it twice. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { documentOf, mutationNamed } from '../support/mutations.ts';
import { ownDatabase, sql } from '../support/own-database.ts';
import { envOfGatewayOn, spawnGateway, spawnLocalAws } from '../support/process.ts';

const create = mutationNamed('createIdentityStoreUser');

async function run(url: string, input: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: documentOf(create), variables: { input } }),
  });
  const { data, extensions } = (await response.json()) as {
    data: { result: { __typename: string; reason?: string } };
    extensions: { idempotency?: { replayed: boolean } };
  };
  return { result: data.result, replayed: extensions?.idempotency?.replayed };
}

test('A create whose process was killed before it told the outcome is found out by the next, and told by the one after', async () => {
  // Of its own: other tests have changes under way at the same time.
  const databaseUrl = (await ownDatabase()).env.DATABASE_URL;
  const aws = await spawnLocalAws().url;
  const journal = async (): Promise<string[]> => {
    const { requests } = (await (await fetch(`${aws}/_local-aws/requests`)).json()) as {
      requests: { operation: string }[];
    };
    return requests.map(({ operation }) => operation).filter(name => name === 'CreateUser');
  };
  const env = {
    ...envOfGatewayOn(aws),
    DATABASE_URL: databaseUrl,
    DATABASE_SECRET: randomUUID(),
  };
  const input = { ...create.input, idempotencyKey: randomUUID() };
  const killed = spawnGateway(env);
  const url = await killed.url;
  await fetch(`${aws}/_local-aws/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      operation: 'CreateUser',
      times: 1,
      effect: { type: 'latency', milliseconds: 2_000 },
    }),
  });
  const lost = run(url, input).catch(() => 'nobody answered');
  while ((await journal()).length === 0) await setTimeout(20);
  killed.child.kill('SIGKILL');
  expect(await lost).toBe('nobody answered');

  const next = spawnGateway(env);
  const nextUrl = await next.url;
  expect(await run(nextUrl, input)).toMatchObject({
    result: { __typename: 'ConflictError', reason: 'REQUEST_IN_PROGRESS' },
    replayed: undefined,
  });
  // As if so long had passed that the one who holds it counts as dead.
  await sql(
    databaseUrl,
    `update vestibule.holder set seen_at = now() - interval '1 minute'
    where id = (select holder from vestibule.change where settled_at is null and holder is not null
                order by id desc limit 1)`,
  );
  expect(await run(nextUrl, input)).toEqual({
    result: { __typename: 'CreateIdentityStoreUserSuccess' },
    replayed: false,
  });
  expect(await journal()).toHaveLength(1);
  next.child.kill('SIGTERM');
  expect(await next.exit).toBe(0);

  const last = spawnGateway(env);
  expect(await run(await last.url, input)).toEqual({
    result: { __typename: 'CreateIdentityStoreUserSuccess' },
    replayed: true,
  });
  expect(await journal()).toHaveLength(1);
}, 120_000);
