/** A database of a test's own, on the server that all tests share. */
import { randomUUID } from 'node:crypto';
import { Client, type QueryResultRow } from 'pg';
import { inject } from 'vitest';

/** Makes an empty one, and tells its address. */
export async function ownDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await sql(inject('databaseUrl'), `create database ${name}`);
  return new URL(`/${name}`, inject('databaseUrl')).href;
}

/** Runs a statement. */
export async function sql(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly QueryResultRow[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
