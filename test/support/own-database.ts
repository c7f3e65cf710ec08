/** A database of a test's own, for what other tests must not see. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

/** Makes one, and gives its URL. */
export async function ownDatabase(): Promise<string> {
  const name = `own_${randomUUID().replaceAll('-', '')}`;
  await sql(inject('databaseUrl'), `create database ${name}`);
  return new URL(`/${name}`, inject('databaseUrl')).href;
}

/** Runs statements, and gives the rows of the last. */
export async function sql(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
