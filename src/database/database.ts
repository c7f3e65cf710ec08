/** The gateway's database, which is opened when it is first needed. */
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { Pool } from 'pg';
import { DatabaseError } from './database-error.ts';
import { type EmbeddedServer, openEmbedded } from './embedded.ts';
import { migrations } from './migrations/index.ts';
import type { Tables } from './tables.ts';

/** Where the database is: a server, or the folder of an embedded one. */
export type DatabasePlace = { readonly url: string } | { readonly folder: string };

/** All of the gateway's tables are in this schema. */
const SCHEMA = 'vestibule';

/** Connections of one process. */
const MAX_CONNECTIONS = 10;

/** How long a connection may take, and a statement. */
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 10_000;

/** An open database. */
export interface Database {
  readonly db: Kysely<Tables>;
  /** How to connect to it. */
  readonly connectionString: string;
  /** An embedded one's own secret for hashes. */
  readonly secret: string | undefined;
  close(): Promise<void>;
}

/**
 * Opens a database and brings its tables up to date.
 *
 * @throws DatabaseError when it cannot be reached or set up.
 */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  const server = 'folder' in place ? await openEmbedded(place.folder) : undefined;
  const connectionString = server ? urlOf(server.connection) : (place as { readonly url: string }).url;
  const pool = new Pool({
    connectionString,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    options: `-c search_path=${SCHEMA}`,
    application_name: 'vestibule',
  });
  // Connections that break while nobody uses them; the next user gets another.
  pool.on('error', () => undefined);
  // And those that break between two statements of a user, who is told by the next one.
  pool.on('connect', client => void client.on('error', () => undefined));
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin()],
  });
  async function close(): Promise<void> {
    await db.destroy();
    await server?.stop();
  }
  try {
    await migrate(db);
  } catch (error) {
    await close();
    throw new DatabaseError(`The database cannot be used: ${(error as Error).message}`, { cause: error });
  }
  return { db, connectionString, secret: server?.secret, close };
}

function urlOf({ user, password, host, port, database }: EmbeddedServer['connection']): string {
  return `postgres://${user}:${password}@${host}:${port}/${database}`;
}

/** @param provided The migrations; others than all of them only for tests of the way from an older version. */
export async function migrate(
  db: Kysely<Tables>,
  provided: Readonly<Record<string, Migration>> = migrations,
): Promise<void> {
  const migrator = new Migrator({
    db: db.withoutPlugins(),
    provider: { getMigrations: async () => ({ ...provided }) },
    migrationTableSchema: SCHEMA,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
