import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  CreateUserCommand as CreateChimeUser,
  GetUserCommand,
  ListUsersCommand as ListChimeUsers,
} from '@aws-sdk/client-chime';
import {
  CreateUserCommand as CreateIdentityStoreUser,
  DescribeUserCommand,
} from '@aws-sdk/client-identitystore';
import {
  CreateUserCommand,
  DeleteCollectionCommand,
  DeleteUserCommand,
  ListCollectionsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-rekognition';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoWorld, type LocalAws, StartupError, startLocalAws } from '../../src/local-aws/index.ts';
import { refusal, sdkClients } from '../support/local-aws-clients.ts';

const CollectionId = 'employees';
let folder: string;
let running: LocalAws[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-aws-'));
});

afterEach(async () => {
  await Promise.all(running.map(local => local.stop()));
  running = [];
  await rm(folder, { recursive: true });
});

async function start(data = folder) {
  const local = await startLocalAws({ data });
  running.push(local);
  return { local, ...sdkClients(local) };
}

const { accountId: AccountId } = demoWorld.chime;

async function chimeEmails({ chime }: ReturnType<typeof sdkClients>) {
  const { Users = [] } = await chime.send(new ListChimeUsers({ AccountId }));
  return Users.map(({ PrimaryEmail }) => PrimaryEmail);
}

function at(name: string): string {
  return join(folder, name);
}

/** Makes the state what another version would have left. */
function inFile(sql: string): void {
  const file = new DatabaseSync(join(folder, 'state.db'));
  file.function('lower_case', { deterministic: true }, text => String(text).toLowerCase());
  file.exec(sql);
  file.close();
}

async function reason(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StartupError);
  return (error as Error).message;
}

describe('state in a folder', () => {
  test('is there again after a restart: entities, order, tokens and their uniqueness', async () => {
    const first = await start();
    const { identityStoreId: IdentityStoreId } = demoWorld.identityStore;
    const person = {
      IdentityStoreId,
      UserName: 'barbara',
      DisplayName: 'Barbara',
      Name: { GivenName: 'B', FamilyName: 'L' },
      Extensions: { 'aws:identitystore:enterprise': { lone: '\ud83d', null: null } },
    };
    const token = { CollectionId, UserId: 'barbara', ClientRequestToken: 'token' };
    await first.rekognition.send(new CreateUserCommand(token));
    await first.rekognition.send(new DeleteUserCommand({ CollectionId, UserId: 'ada' }));
    const page = await first.rekognition.send(new ListUsersCommand({ CollectionId, MaxResults: 1 }));
    const { UserId } = await first.identityStore.send(new CreateIdentityStoreUser(person));
    const wanted = { IdentityStoreId, UserId, Extensions: ['aws:identitystore:enterprise'] };
    const described = await first.identityStore.send(new DescribeUserCommand(wanted));
    const { User } = await first.chime.send(new CreateChimeUser({ AccountId, Email: 'b@example.com' }));
    await first.local.stop();

    const second = await start();
    const { Users } = await second.rekognition.send(
      new ListUsersCommand({ CollectionId, NextToken: page.NextToken }),
    );
    expect(Users?.map(user => user.UserId)).toEqual(['alan', 'barbara']);
    await second.rekognition.send(new CreateUserCommand(token));
    expect(
      await refusal(second.rekognition.send(new CreateUserCommand({ ...token, UserId: 'x' }))),
    ).toMatchObject({ name: 'IdempotentParameterMismatchException' });
    const { $metadata: _, ...before } = described;
    const { $metadata: __, ...after } = await second.identityStore.send(new DescribeUserCommand(wanted));
    expect(after).toEqual(before);
    expect(await refusal(second.identityStore.send(new CreateIdentityStoreUser(person)))).toMatchObject({
      name: 'ConflictException',
    });
    const found = await second.chime.send(new GetUserCommand({ AccountId, UserId: User?.UserId }));
    expect(found.User).toEqual(User);
  });

  test('is not seeded again when something was deleted', async () => {
    const first = await start();
    await first.rekognition.send(new DeleteCollectionCommand({ CollectionId }));
    await first.local.stop();
    const second = await start();
    const { CollectionIds } = await second.rekognition.send(new ListCollectionsCommand({}));
    expect(CollectionIds).toEqual(['contractors']);
    second.local.reset();
    await second.local.stop();
    const third = await start();
    const { Users } = await third.rekognition.send(new ListUsersCommand({ CollectionId }));
    expect(Users?.map(({ UserId }) => UserId)).toEqual(['ada', 'grace', 'alan']);
  });

  test('belongs to one local AWS at a time', async () => {
    const { local } = await start();
    expect(await reason(start())).toBe(
      `LOCAL_AWS_DATA="${folder}" is in use: another local AWS, at ${local.url}, keeps its state in ${join(folder, 'state.db')}. Use or stop that one, or set LOCAL_AWS_DATA to another folder, or to :memory:.`,
    );
    await local.stop();
    await start();
  });

  test.each([
    [
      'that is no database',
      (path: string) => writeFile(path, 'not a database, but long enough to be looked at'.repeat(50)),
      'file is not a database',
    ],
    [
      'that was cut short',
      async (path: string) => {
        await (await start()).local.stop();
        await truncate(path, 5000);
      },
      'database disk image is malformed',
    ],
    [
      'with a page of other content',
      async (path: string) => {
        await (await start()).local.stop();
        const file = await open(path, 'r+');
        // The first page after that of the schema, which is a table's whatever tables there are.
        await file.write(Buffer.alloc(4096, 'x'), 0, 4096, 4096);
        await file.close();
      },
      'it is damaged',
    ],
    [
      'of a newer version',
      async (path: string) => {
        const file = new DatabaseSync(path);
        file.exec('PRAGMA user_version = 99');
        file.close();
      },
      'it was written by a newer version of local AWS (layout 99)',
    ],
  ])('in a file %s is refused in one line', async (_name, spoil, why) => {
    const path = join(folder, 'state.db');
    await spoil(path);
    expect(await reason(start())).toBe(
      `LOCAL_AWS_DATA="${folder}" cannot be used: the state of local AWS in ${path}: ${why}. Move the file away to start afresh, or set LOCAL_AWS_DATA to another folder, or to :memory:.`,
    );
  });

  test('of a version that lacked a service gets it with what a new state begins with, once', async () => {
    const first = await start();
    expect(first.local.added).toEqual([]);
    await first.rekognition.send(new DeleteCollectionCommand({ CollectionId }));
    await first.local.stop();
    inFile('DROP TABLE seeds; DROP TABLE chime_users; DROP TABLE chime_accounts');

    const second = await start();
    expect(second.local.added).toEqual([
      'the Chime account Demo Team',
      'the Chime accounts Demo Enterprise and Demo Team of Yesterday',
      'users of the Chime account Demo Team',
      'users of the Chime account Demo Enterprise',
    ]);
    expect(await chimeEmails(second)).toEqual(['ada@example.com', 'grace@example.com', 'alan@example.com']);
    const { CollectionIds } = await second.rekognition.send(new ListCollectionsCommand({}));
    expect(CollectionIds).toEqual(['contractors']);
    await second.chime.send(new CreateChimeUser({ AccountId, Email: 'b@example.com' }));
    await second.local.stop();

    const third = await start();
    expect(third.local.added).toEqual([]);
    expect((await chimeEmails(third)).length).toBe(4);
  });

  test('of a version that began with less gets the rest, beside what was made in it', async () => {
    const first = await start();
    await first.rekognition.send(new DeleteUserCommand({ CollectionId, UserId: 'grace' }));
    await first.local.stop();
    inFile(`DELETE FROM seeds WHERE name LIKE 'users of the %';
      UPDATE chime_users SET entity = json_set(entity, '$.UserId', 'mine') WHERE lowerEmail = 'ada@example.com';
      DELETE FROM chime_users WHERE lowerEmail != 'ada@example.com'`);

    const second = await start();
    expect(second.local.added).toEqual([
      'users of the collection employees',
      'users of the Chime account Demo Team',
      'users of the Chime account Demo Enterprise',
    ]);
    const { Users } = await second.rekognition.send(new ListUsersCommand({ CollectionId }));
    expect(Users?.map(({ UserId }) => UserId)).toEqual(['ada', 'alan', 'grace']);
    expect(await chimeEmails(second)).toEqual(['ada@example.com', 'grace@example.com', 'alan@example.com']);
    expect((await second.chime.send(new GetUserCommand({ AccountId, UserId: 'mine' }))).User).toMatchObject({
      PrimaryEmail: 'ada@example.com',
    });
  });

  test('of a version that lacked users of a collection that is gone gets none', async () => {
    const first = await start();
    await first.rekognition.send(new DeleteCollectionCommand({ CollectionId }));
    await first.local.stop();
    inFile('DROP TABLE seeds; DROP TABLE rekognition_users');
    expect((await start()).local.added).toEqual([]);
  });

  test('goes on with its numbers, so that a page token skips nobody who was made after a restart', async () => {
    const first = await start();
    const { NextToken } = await first.rekognition.send(new ListUsersCommand({ CollectionId, MaxResults: 2 }));
    for (const UserId of ['grace', 'alan']) {
      await first.rekognition.send(new DeleteUserCommand({ CollectionId, UserId }));
    }
    await first.local.stop();
    const second = await start();
    for (const UserId of ['barbara', 'eve']) {
      await second.rekognition.send(new CreateUserCommand({ CollectionId, UserId }));
    }
    const { Users } = await second.rekognition.send(new ListUsersCommand({ CollectionId, NextToken }));
    expect(Users?.map(({ UserId }) => UserId)).toEqual(['barbara', 'eve']);
  });

  test.each([
    ['a file', () => writeFile(at('file'), ''), 'file', () => `${at('file')} is no folder`],
    ['a folder in a file', () => writeFile(at('file'), ''), 'file/new', () => `${at('file')} is no folder`],
    ['a device', () => symlink('/dev/full', at('device')), 'device', () => `${at('device')} is no folder`],
    [
      'a link to nowhere',
      () => symlink(at('gone'), at('link')),
      'link',
      () => `ENOENT: no such file or directory, stat '${at('link')}'`,
    ],
    [
      'a new folder below a link to nowhere',
      () => symlink(at('gone'), at('link')),
      'link/new',
      () => `ENOENT: no such file or directory, stat '${at('link')}'`,
    ],
    [
      'a link to itself',
      () => symlink(at('link'), at('link')),
      'link',
      () => `ELOOP: too many symbolic links encountered, stat '${at('link')}'`,
    ],
    [
      'a folder whose file is a folder',
      () => mkdir(at('state.db')),
      '.',
      () => `${at('state.db')} is no file`,
    ],
    [
      'a folder whose file is a device',
      () => symlink('/dev/full', at('state.db')),
      '.',
      () => `${at('state.db')} is no file`,
    ],
  ])('cannot be in %s', async (_name, prepare, inside, why) => {
    await prepare();
    const data = join(folder, inside);
    expect(await reason(start(data))).toBe(
      `LOCAL_AWS_DATA="${data}" cannot hold the state of local AWS: ${why()}. Set LOCAL_AWS_DATA to another folder, or to :memory:.`,
    );
  });

  test.runIf(process.platform === 'linux').each([
    ['/proc', "ENOENT: no such file or directory, open '/proc/state.db'"],
    ['/proc/new', "ENOENT: no such file or directory, mkdir '/proc/new'"],
    ['/proc/new/folder', "ENOENT: no such file or directory, mkdir '/proc/new'"],
  ])('cannot be in %s, where the system has no files of others', async (data, why) => {
    expect(await reason(start(data))).toBe(
      `LOCAL_AWS_DATA="${data}" cannot hold the state of local AWS: ${why}. Set LOCAL_AWS_DATA to another folder, or to :memory:.`,
    );
  });

  test('is in a folder that is made, with those above it', async () => {
    const data = join(folder, 'new/and/deep');
    const { local } = await start(data);
    await local.stop();
    expect(existsSync(join(data, 'state.db'))).toBe(true);
  });
});

test('state in memory starts anew each time', async () => {
  const first = await start(':memory:');
  await first.rekognition.send(new CreateUserCommand({ CollectionId, UserId: 'barbara' }));
  await first.local.stop();
  const second = await start(':memory:');
  const { Users } = await second.rekognition.send(new ListUsersCommand({ CollectionId }));
  expect(Users?.length).toBe(3);
});

test('two worlds in one process share nothing', async () => {
  const [one, other] = [await start(':memory:'), await start(':memory:')];
  await one.rekognition.send(new CreateUserCommand({ CollectionId, UserId: 'barbara' }));
  await other.rekognition.send(new DeleteUserCommand({ CollectionId, UserId: 'ada' }));
  const names = async ({ rekognition }: typeof one) =>
    (await rekognition.send(new ListUsersCommand({ CollectionId }))).Users?.map(({ UserId }) => UserId);
  expect(await names(one)).toEqual(['ada', 'grace', 'alan', 'barbara']);
  expect(await names(other)).toEqual(['grace', 'alan']);
  one.local.reset();
  expect(await names(one)).toEqual(['ada', 'grace', 'alan']);
  expect(await names(other)).toEqual(['grace', 'alan']);
});

test('a reset forgets client request tokens, and leaves page tokens that skip nobody', async () => {
  const { local, rekognition } = await start(':memory:');
  const request = { CollectionId, UserId: 'barbara', ClientRequestToken: 'token' };
  await rekognition.send(new CreateUserCommand(request));
  const { NextToken } = await rekognition.send(new ListUsersCommand({ CollectionId, MaxResults: 3 }));
  local.reset();
  const { Users } = await rekognition.send(new ListUsersCommand({ CollectionId, NextToken }));
  expect(Users?.map(({ UserId }) => UserId)).toEqual(['ada', 'grace', 'alan']);
  await rekognition.send(new CreateUserCommand({ ...request, UserId: 'eve' }));
});

test('a busy port is refused in one line', async () => {
  const { local } = await start(':memory:');
  expect(await reason(startLocalAws({ port: local.port }))).toBe(
    `Port ${local.port} on 127.0.0.1 is in use; choose another one with LOCAL_AWS_PORT.`,
  );
});

test('stopping twice is stopping once', async () => {
  const { local } = await start();
  await expect(Promise.all([local.stop(), local.stop()])).resolves.toBeDefined();
  await expect(local.stop()).resolves.toBeUndefined();
});
