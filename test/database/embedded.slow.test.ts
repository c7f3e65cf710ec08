/** The embedded PostgreSQL: one server for all gateways of a folder, whoever started it and whoever is gone. */
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/database/database.ts';
import { type EmbeddedServer, openEmbedded } from '../../src/database/embedded.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vestibule-embedded-'));
  // As root, PostgreSQL runs as somebody else.
  await chmod(folder, 0o755);
});

async function opened(): Promise<EmbeddedServer> {
  const server = await openEmbedded(folder);
  onTestFinished(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return server;
}

async function isRunning({ connection }: EmbeddedServer): Promise<boolean> {
  const client = new Client(connection);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

test('Several that open a folder at a time get the same server', async () => {
  const servers = await Promise.all([opened(), opened(), opened()]);
  expect(new Set(servers.map(({ connection, secret }) => `${connection.port} ${secret}`)).size).toBe(1);
  expect(await readdir(folder)).toEqual(['postgres-18']);
});

test('A server goes on while somebody is connected, and is stopped by the last', async () => {
  const server = await opened();
  const client = new Client(server.connection);
  await client.connect();
  await server.stop();
  expect(await isRunning(server)).toBe(true);
  await client.end();
  // The server notices the end of a connection a moment later.
  await expect.poll(async () => (await server.stop(), isRunning(server)), { timeout: 10_000 }).toBe(false);
});

test('A server that was stopped starts again with what it kept', async () => {
  const first = await openDatabase({ folder });
  const id = '00000000-0000-4000-8000-000000000000';
  await first.db.insertInto('holder').values({ id }).execute();
  await first.close();
  expect(await readdir(path.join(folder, 'postgres-18', 'cluster'))).not.toContain('postmaster.pid');
  const again = await openDatabase({ folder });
  onTestFinished(() => again.close());
  expect(await again.db.selectFrom('holder').select('id').execute()).toEqual([{ id }]);
  expect(again.secret).toBe(first.secret);
});

test('Nobody gets in without the password, which only its owner can read', async () => {
  const { connection } = await opened();
  const client = new Client({ ...connection, password: 'guessed' });
  await expect(client.connect()).rejects.toThrow('password authentication failed');
  for (const file of ['password', 'secret']) {
    const { mode } = await stat(path.join(folder, 'postgres-18', file));
    expect(mode & 0o777).toBe(0o600);
  }
});
