/** From whatever version a database is of, it comes to the newest, with what is in it. */
import { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { databaseOn } from '../../src/database/callers.ts';
import { migrate, openDatabase } from '../../src/database/database.ts';
import { migrations } from '../../src/database/migrations/index.ts';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';

const names = Object.keys(migrations);

/** An empty database, until the test is over. */
async function emptyDatabase(): Promise<OwnDatabase> {
  const database = await ownDatabase();
  onTestFinished(() => database.drop());
  return database;
}

/** Brings a database to a version, as the gateway of that time did. */
async function bringTo(version: number, { env }: OwnDatabase): Promise<void> {
  const pool = new Pool({ connectionString: env.DATABASE_URL, options: '-c search_path=vestibule' });
  const db = databaseOn(pool);
  try {
    await migrate(db, Object.fromEntries(Object.entries(migrations).slice(0, version)));
  } finally {
    await db.destroy();
  }
}

async function bringToNewest({ env }: OwnDatabase): Promise<void> {
  const opened = await openDatabase({ url: env.DATABASE_URL });
  await opened.close();
}

/** Its tables, their columns, and their indices. */
async function shapeOf(database: OwnDatabase): Promise<unknown> {
  return {
    columns: await database.sql(
      `select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
      where table_schema = 'vestibule' order by table_name, column_name`,
    ),
    indices: await database.sql(
      "select indexdef from pg_indexes where schemaname = 'vestibule' order by indexdef",
    ),
  };
}

const JOB = '00000000-0000-4000-8000-000000000001';

/** A job with a row that failed, as all versions have them that have jobs. */
async function addJob(database: OwnDatabase): Promise<void> {
  await database.sql(
    `insert into vestibule.job (id, operation, caller, authority, input_hash, options, dry_run, state)
    values ($1, 'importChimeUsers', 'ada', '{}', '', '{}', false, 'COMPLETED')`,
    [JOB],
  );
  await database.sql(
    `insert into vestibule.job_row (job, position, input, state) values ($1, 0, '{"email":"a@example.com"}', 'FAILED')`,
    [JOB],
  );
}

test.each(names.map((name, at) => [at, name] as const))(
  'A database before migration %i, %s, becomes what a new one is, and keeps its jobs',
  async version => {
    const [fresh, old] = await Promise.all([emptyDatabase(), emptyDatabase()]);
    await bringToNewest(fresh);
    await bringTo(version, old);
    const hasJobs = names.indexOf('0002-jobs') < version;
    if (hasJobs) await addJob(old);
    await bringToNewest(old);
    expect(await shapeOf(old)).toEqual(await shapeOf(fresh));
    expect(await old.sql('select job, position, input, state from vestibule.job_row')).toEqual(
      hasJobs ? [{ job: JOB, position: 0, input: { email: 'a@example.com' }, state: 'FAILED' }] : [],
    );
  },
);

test('The newest version has no column that nobody reads', async () => {
  const database = await emptyDatabase();
  await bringToNewest(database);
  expect(
    await database.sql(
      "select 1 from information_schema.columns where table_schema = 'vestibule' and column_name = 'retries'",
    ),
  ).toEqual([]);
});

test('Several gateways that start at a time on an old database bring it to the newest version once', async () => {
  const database = await emptyDatabase();
  await bringTo(2, database);
  await Promise.all([1, 2, 3].map(() => bringToNewest(database)));
  expect(await database.sql('select name from vestibule.kysely_migration order by name')).toEqual(
    names.map(name => ({ name })),
  );
});
