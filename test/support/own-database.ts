/** A database that no other test uses, for what works in the background. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

export interface OwnDatabase {
  /** As environment variables of a gateway. */
  readonly env: { readonly DATABASE_URL: string; readonly DATABASE_SECRET: string };
  sql<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  drop(): Promise<void>;
}

export async function ownDatabase(): Promise<OwnDatabase> {
  const server = inject('databaseUrl');
  const name = `own_${randomUUID().replaceAll('-', '')}`;
  await sql(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return {
    env: { DATABASE_URL: url.href, DATABASE_SECRET: randomUUID() },
    sql: (text, values) => sql(url.href, text, values),
    drop: async () => void (await sql(server, `drop database ${name} with (force)`)),
  };
}

/** Runs a statement. */
export async function sql<Row extends object>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
