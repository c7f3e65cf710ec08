/** A job may have so many rows that no single statement could change all of them in the time that it has. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { JobQueries } from '../../src/jobs/job-queries.ts';
import { JobStore } from '../../src/jobs/job-store.ts';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';

const ROWS = 60_000;

let own: OwnDatabase;
let database: Database;
beforeAll(async () => {
  own = await ownDatabase();
  database = await openDatabase({ url: own.env.DATABASE_URL });
  // Each ten thousand rows take a second longer; statements of callers have five.
  await own.sql(`create function vestibule.dawdle() returns trigger language plpgsql as $$ begin
    perform pg_sleep(0.01);
    return new;
  end $$`);
  await own.sql(`create trigger dawdle before update on vestibule.job_row
    for each row when (new.position % 100 = 0) execute function vestibule.dawdle()`);
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

/** A job with many rows that wait, and how to change and to count them. */
async function largeJob() {
  const id = randomUUID();
  await own.sql(
    `insert into vestibule.job (id, operation, caller, authority, input_hash, options, dry_run, state)
    values ($1, 'importRekognitionUsers', 'ada', '{}', '', '{}', false, 'QUEUED')`,
    [id],
  );
  await own.sql(
    `insert into vestibule.job_row (job, position, state, input) select $1, at, 'WAITING', '{}' from generate_series(0, $2 - 1) as at`,
    [id, ROWS],
  );
  const db = database.callers.for({ principal: { id: 'ada' } });
  const store = new JobStore(db, randomUUID());
  const queries = new JobQueries(db);
  const now = async () => {
    const { counts } = await queries.progress(id);
    return {
      state: (await queries.find(id))?.state,
      counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    };
  };
  return { id, store, now };
}

it('A large job is cancelled and tried again on a slow machine, and nobody sees a part of it', async () => {
  const { id, store, now } = await largeJob();
  const waiting = { state: 'QUEUED', counts: { WAITING: ROWS } };
  const cancelled = { state: 'CANCELLED', counts: { CANCELLED: ROWS } };
  const cancelling = store.cancel(id);
  expect(await now()).toEqual(waiting);
  expect(await cancelling).toBe(true);
  expect(await now()).toEqual(cancelled);
  const retrying = store.retry(id, {});
  expect(await now()).toEqual(cancelled);
  expect(await retrying).toBe(true);
  expect(await now()).toEqual(waiting);
}, 120_000);
