/** The gateway's database, which is opened when it is first needed. */
import { type Kysely, sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration';
import { Client, Pool } from 'pg';
import { CallersConnections, databaseOn } from './callers.ts';
import { isOfConnection } from './connection-error.ts';
import { DatabaseError } from './database-error.ts';
import { type EmbeddedServer, openEmbedded } from './embedded.ts';
import { migrations } from './migrations/index.ts';
import { checkPlace, type DatabasePlace } from './place.ts';
import type { Tables } from './tables.ts';

/** All of the gateway's tables are in this schema. */
const SCHEMA = 'vestibule';

/**
 * Connections of one process: for its own work and for what remembers changes, whose statements are short, and for what
 * callers look at and hand in.
 */
const OWN = { connections: 8, statementMs: 10_000, name: 'vestibule' };
const CALLERS = { connections: 8, statementMs: 5_000, name: 'vestibule callers' };

/** How many of them callers have. */
const SHARES_OF_OWN = { request: 1, principal: 2 };
const SHARES = { request: 2, principal: 4 };

/** How long a connection may take, and a transaction in which nothing is done. */
const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 10_000;

/** How much longer an answer may take than its statement, from a server that says nothing any more. */
const ANSWER_MARGIN_MS = 2_000;

/** An open database. */
export interface Database {
  /** For the gateway's own work. */
  readonly db: Kysely<Tables>;
  /** For what callers look at and hand in. */
  readonly callers: CallersConnections;
  /** For what remembers their changes. */
  readonly changes: CallersConnections;
  /** How to connect to it. */
  readonly connectionString: string;
  /** An embedded one's own secret for hashes. */
  readonly secret: string | undefined;
  /** Whether its server answers. */
  isThere(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens a database and brings its tables up to date.
 *
 * @throws DatabaseError when it cannot be reached or set up.
 */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  await checkPlace(place);
  const server = 'folder' in place ? await openEmbedded(place.folder) : undefined;
  const connectionString = server ? urlOf(server.connection) : (place as { readonly url: string }).url;
  const own = poolOf(connectionString, OWN);
  const ofCallers = poolOf(connectionString, CALLERS);
  const db = databaseOn(own);
  async function close(): Promise<void> {
    await Promise.all([db.destroy(), ofCallers.end()]);
    await server?.stop();
  }
  try {
    await migrate(db);
  } catch (error) {
    await close();
    throw new DatabaseError(`The database cannot be used: ${(error as Error).message}`, { cause: error });
  }
  return {
    db,
    callers: new CallersConnections(ofCallers, SHARES),
    changes: new CallersConnections(own, SHARES_OF_OWN),
    connectionString,
    secret: server?.secret,
    isThere: () => answers(connectionString),
    close,
  };
}

function poolOf(connectionString: string, { connections, statementMs, name }: typeof OWN): Pool {
  const pool = new Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: statementMs,
    query_timeout: statementMs + ANSWER_MARGIN_MS,
    idle_in_transaction_session_timeout: IDLE_TIMEOUT_MS,
    // One statement takes one core: what counts many rows must not take those of others as well.
    options: `-c search_path=${SCHEMA} -c max_parallel_workers_per_gather=0`,
    application_name: name,
  });
  // Connections that break while nobody uses them; the next user gets another.
  pool.on('error', () => undefined);
  // And those that break between two statements of a user, who is told by the next one.
  pool.on('connect', client => void client.on('error', () => undefined));
  return pool;
}

/** How often a server is asked that says nothing: a process that has much to do may have let the time pass itself. */
const QUESTIONS = 2;

/** Whether a server answers: also one that refuses what it is asked, unless it says that it ends or begins. */
async function answers(connectionString: string): Promise<boolean> {
  for (let asked = 1; asked <= QUESTIONS; asked += 1) {
    const answer = await ask(connectionString);
    if (answer !== undefined) return answer;
  }
  return false;
}

/** Whether a server answers; undefined when it did not in time. */
async function ask(connectionString: string): Promise<boolean | undefined> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    // Errors of sockets and of PostgreSQL have a code, those of pg's own clocks have none.
    return (error as { readonly code?: unknown }).code === undefined ? undefined : !isOfConnection(error);
  } finally {
    void client.end().catch(() => undefined);
  }
}

function urlOf({ user, password, host, port, database }: EmbeddedServer['connection']): string {
  return `postgres://${user}:${password}@${host}:${port}/${database}`;
}

/**
 * Brings the tables up to date. What a later version has done to them is left as it is: this one works on it, as when it ran
 * already while the later one came.
 *
 * @param provided The migrations; others than all of them only for tests of the way from an older version.
 */
export async function migrate(
  db: Kysely<Tables>,
  provided: Readonly<Record<string, Migration>> = migrations,
): Promise<void> {
  const plain = db.withoutPlugins();
  const migrator = new Migrator({
    db: plain,
    // It is asked under the lock, so that nobody performs any between.
    provider: { getMigrations: async () => ({ ...provided, ...(await laterThan(provided, plain)) }) },
    migrationTableSchema: SCHEMA,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** The migrations that come after the last one that is known, and were performed: there is nothing to do for them. */
async function laterThan(
  known: Readonly<Record<string, Migration>>,
  db: Kysely<Tables>,
): Promise<Readonly<Record<string, Migration>>> {
  const last = Object.keys(known).toSorted().at(-1) ?? '';
  const { rows } = await sql<{ readonly name: string }>`
    select name from ${sql.id(SCHEMA, DEFAULT_MIGRATION_TABLE)}`.execute(db);
  const later = rows.filter(({ name }) => name > last);
  return Object.fromEntries(later.map(({ name }) => [name, { up: async () => undefined }]));
}
