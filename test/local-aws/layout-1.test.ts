import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CreateUserCommand, DeleteUserCommand, ListUsersCommand } from '@aws-sdk/client-rekognition';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Database } from '../../src/local-aws/database.ts';
import { demoSeeds } from '../../src/local-aws/demo-world.ts';
import { type LocalAws, startLocalAws } from '../../src/local-aws/index.ts';
import { tablesOfLayout1 } from '../../src/local-aws/layout-1.ts';
import { statesIn } from '../../src/local-aws/world.ts';
import { refusal, sdkClients, send, sendTarget } from '../support/local-aws-clients.ts';

const written = await readFile(join(import.meta.dirname, 'layout-1.sql'), 'utf8');
const shortlyAfter = new Date('2026-01-02T04:00:00Z');
let folder: string;
let running: LocalAws | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-aws-'));
  inFile(file => file.exec(written));
});

afterEach(async () => {
  await running?.stop();
  await rm(folder, { recursive: true });
});

function inFile<Result>(work: (file: DatabaseSync) => Result): Result {
  const file = new DatabaseSync(join(folder, 'state.db'));
  try {
    return work(file);
  } finally {
    file.close();
  }
}

/** Starts local AWS on the file; the client request tokens in it are less than a day old. */
async function start() {
  await running?.stop();
  running = await startLocalAws({ data: folder, clock: () => shortlyAfter });
  return { local: running, ...sdkClients(running) };
}

interface OldRow {
  readonly kind: string;
  readonly parent: string;
  readonly key: string;
  readonly row: string;
}

/** What layout 1 kept, oldest first. */
function oldRows(): OldRow[] {
  return inFile(file => file.prepare('SELECT * FROM rows ORDER BY sequence').all() as unknown as OldRow[]);
}

/** What the lists of local AWS hold, in the form in which layout 1 kept it. */
async function allEntities({ url }: LocalAws) {
  const post = async (target: string, body: object) => (await sendTarget(url, target, body)).json;
  const get = async (path: string) => (await send(url, path)).json;
  const collections = await post('RekognitionService.ListCollections', {});
  const ids = collections['CollectionIds'] as string[];
  const store = {
    IdentityStoreId: 'd-9067012345',
    Extensions: ['aws:identitystore:enterprise'],
  };
  const people = await post('AWSIdentityStore.ListUsers', store);
  const accounts = (await get('/accounts'))['Accounts'] as { AccountId: string }[];
  return {
    'rekognition.collections': await Promise.all(
      ids.map(async id => {
        const described = await post('RekognitionService.DescribeCollection', { CollectionId: id });
        return { id, createdAt: described['CreationTimestamp'] };
      }),
    ),
    'rekognition.users': Object.fromEntries(
      await Promise.all(
        ids.map(async CollectionId => {
          const { Users } = await post('RekognitionService.ListUsers', { CollectionId });
          return [CollectionId, Users] as const;
        }),
      ),
    ),
    'identitystore.users': { [store.IdentityStoreId]: people['Users'] },
    'chime.accounts': accounts,
    'chime.users': Object.fromEntries(
      await Promise.all(
        accounts.map(async ({ AccountId }) => {
          const { Users } = await get(`/accounts/${AccountId}/users`);
          return [AccountId, Users] as const;
        }),
      ),
    ),
  };
}

/** The parts of the demo world that layout 1 had no place for. */
const states = statesIn(new Database(':memory:'), [], () => shortlyAfter);
const newerParts = demoSeeds(states, () => shortlyAfter)
  .filter(({ table }) => !tablesOfLayout1.has(table))
  .map(({ name }) => name);

/** The users of collections, when one of them has got the demo world's face. */
function withFaces(users: Readonly<Record<string, unknown[]>>) {
  const employees = users['employees']?.map(user =>
    (user as { UserId: string }).UserId === 'grace' ? { UserId: 'grace', UserStatus: 'ACTIVE' } : user,
  );
  return { ...users, employees };
}

test('everything in a file of layout 1 is there in the same order, and stays', async () => {
  const old = oldRows();
  const rowsOf = (kind: string, parent: string) =>
    old
      .filter(row => row.kind === kind && row.parent === parent)
      .map(({ row }) => JSON.parse(row) as unknown);
  const byParent = (kind: string, parents: readonly string[]) =>
    Object.fromEntries(parents.map(parent => [parent, rowsOf(kind, parent)]));
  const keysOf = (kind: string) => old.filter(row => row.kind === kind).map(({ key }) => key);
  const expected = {
    'rekognition.collections': rowsOf('rekognition.collections', ''),
    'rekognition.users': withFaces(byParent('rekognition.users', keysOf('rekognition.collections'))),
    'identitystore.users': byParent('identitystore.users', ['d-9067012345']),
    'chime.accounts': rowsOf('chime.accounts', ''),
    'chime.users': byParent('chime.users', keysOf('chime.accounts')),
  };
  expect(new Set([...Object.keys(expected), 'rekognition.tokens'])).toEqual(
    new Set(old.map(({ kind }) => kind)),
  );
  for (const added of [newerParts, []]) {
    const { local } = await start();
    expect(await allEntities(local)).toEqual(expected);
    expect(local.added).toEqual(added);
  }
});

test('what was unique in layout 1 is unique still', async () => {
  const { local, rekognition } = await start();
  const twice = new CreateUserCommand({ CollectionId: 'guests', UserId: 'ada' });
  expect(await refusal(rekognition.send(twice))).toMatchObject({ name: 'ConflictException' });
  const person = {
    IdentityStoreId: 'd-9067012345',
    DisplayName: 'É',
    Name: { GivenName: 'É', FamilyName: 'U' },
  };
  const create = (more: object) =>
    sendTarget(local.url, 'AWSIdentityStore.CreateUser', { ...person, ...more });
  expect((await create({ UserName: 'ÉLODIE' })).message).toBe('Duplicate UserName');
  const Emails = [{ Value: 'élodie@EXAMPLE.com' }];
  expect((await create({ UserName: 'x', Emails })).message).toBe('Duplicate Email');
  const { status } = await send(
    local.url,
    '/accounts/28216841-b006-4b4d-ac94-d3fec2f09439/users?operation=create',
    {
      method: 'POST',
      body: '{"Email":"BARBARA@example.com"}',
    },
  );
  expect(status).toBe(409);
});

test('client request tokens of layout 1 are remembered, each for its operation', async () => {
  const { rekognition } = await start();
  const CollectionId = 'employees';
  const ClientRequestToken = 'second';
  const users = async () =>
    (await rekognition.send(new ListUsersCommand({ CollectionId }))).Users?.map(({ UserId }) => UserId);
  await rekognition.send(new CreateUserCommand({ CollectionId, UserId: 'barbara', ClientRequestToken }));
  await rekognition.send(new DeleteUserCommand({ CollectionId, UserId: 'ada', ClientRequestToken }));
  expect(await users()).toEqual(['grace', 'alan', 'barbara', 'ada']);
  const other = new CreateUserCommand({ CollectionId, UserId: 'other', ClientRequestToken });
  expect(await refusal(rekognition.send(other))).toMatchObject({
    name: 'IdempotentParameterMismatchException',
  });
});

test('page tokens that were given before go on where their page ended', async () => {
  const { rekognition } = await start();
  const rest = async (CollectionId: string, NextToken: string) => {
    const { Users } = await rekognition.send(new ListUsersCommand({ CollectionId, NextToken }));
    return Users?.map(({ UserId }) => UserId);
  };
  expect(await rest('employees', 'czhSN3I1dUxOdDEtMTc5NTYzMjY3NjAyNDAwNA')).toEqual(['barbara', 'ada']);
  // What followed this page was deleted before the file changed its layout.
  await rekognition.send(new CreateUserCommand({ CollectionId: 'guests', UserId: 'new' }));
  expect(await rest('guests', 'WXZqVnVLWU45ak9mMTc5NTYzMjY3NjAyNDAyNw')).toEqual(['new']);
});

test('a file of layout 1 that cannot be moved over is refused and stays as it is', async () => {
  const whole = oldRows();
  inFile(file => file.exec("UPDATE rows SET row = '{' WHERE kind = 'chime.accounts'"));
  const before = oldRows();
  await expect(start()).rejects.toThrow(
    `LOCAL_AWS_DATA="${folder}" cannot be used: the state of local AWS in ${join(folder, 'state.db')}: malformed JSON. Move the file away to start afresh, or set LOCAL_AWS_DATA to another folder, or to :memory:.`,
  );
  expect(oldRows()).toEqual(before);
  expect(inFile(file => file.prepare('PRAGMA user_version').get())).toEqual({ user_version: 1 });

  const repair = 'UPDATE rows SET row = ? WHERE key = ?';
  inFile(file => {
    for (const { kind, row, key } of whole) {
      if (kind === 'chime.accounts') file.prepare(repair).run(row, key);
    }
  });
  const { 'chime.accounts': accounts, 'rekognition.users': users } = await allEntities((await start()).local);
  expect([accounts.length, Object.keys(users)]).toEqual([2, ['employees', 'guests']]);
});
