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
    expect(await old.sql('select * from vestibule.job_row_count')).toEqual(
      hasJobs ? [{ job: JOB, state: 'FAILED', count: 1 }] : [],
    );
  },
);

/** Has a database look as if a version had performed a migration that this one does not have. */
async function addMigration(database: OwnDatabase, name: string): Promise<void> {
  await database.sql('insert into vestibule.kysely_migration (name, timestamp) values ($1, $2)', [
    name,
    new Date().toISOString(),
  ]);
}

test.each([0, 1, names.length])(
  'A database of a later version, with what comes after its first %i migrations, is used as it is',
  async version => {
    const database = await emptyDatabase();
    await bringToNewest(database);
    await addMigration(database, '9000-later');
    await addMigration(database, '9001-later-still');
    await addJob(database);
    const before = await shapeOf(database);
    await bringTo(version, database);
    await bringToNewest(database);
    expect(await shapeOf(database)).toEqual(before);
    expect(await database.sql('select job from vestibule.job_row')).toEqual([{ job: JOB }]);
    expect(await database.sql('select name from vestibule.kysely_migration order by name')).toEqual(
      [...names, '9000-later', '9001-later-still'].map(name => ({ name })),
    );
  },
);

test('A database with a migration in between that this version does not have is refused', async () => {
  const database = await emptyDatabase();
  await bringTo(1, database);
  await addMigration(database, '0001-other');
  await expect(bringToNewest(database)).rejects.toThrow(
    'The database cannot be used: corrupted migrations: previously executed migration 0001-other is missing',
  );
});

test('What the version before writes in a row of a job can be written, and is counted', async () => {
  const database = await emptyDatabase();
  await bringToNewest(database);
  await addJob(database);
  await database.sql("update vestibule.job_row set state = 'WAITING', retries = retries + 1");
  expect(await database.sql('select retries from vestibule.job_row')).toEqual([{ retries: 1 }]);
  expect(await database.sql('select state, count from vestibule.job_row_count order by state')).toEqual([
    { state: 'FAILED', count: 0 },
    { state: 'WAITING', count: 1 },
  ]);
  await database.sql('delete from vestibule.job');
  expect(await database.sql('select from vestibule.job_row_count')).toEqual([]);
});

test('Several gateways that start at a time on an old database bring it to the newest version once', async () => {
  const database = await emptyDatabase();
  await bringTo(2, database);
  await Promise.all([1, 2, 3].map(() => bringToNewest(database)));
  expect(await database.sql('select name from vestibule.kysely_migration order by name')).toEqual(
    names.map(name => ({ name })),
  );
});
