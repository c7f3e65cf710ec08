/** Thousands of jobs of one caller are looked through, with what the ledger remembers of them, and deleted when they are old. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { JobQueries } from '../../src/jobs/job-queries.ts';
import { startJobGateway } from '../support/jobs.ts';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';

let own: OwnDatabase;
let database: Database;
beforeEach(async () => {
  own = await ownDatabase();
  database = await openDatabase({ url: own.env.DATABASE_URL });
});
afterEach(async () => {
  await database.close();
  await own.drop();
});

/** Adds so many jobs, each a second older than the one before, the first of which is as old as is said. */
async function addJobs(count: number, caller: string, state: string, hours = 0): Promise<void> {
  await own.sql(
    `insert into vestibule.job (id, operation, caller, authority, input_hash, options, dry_run, state, created_at, ended_at)
    select gen_random_uuid(), 'importRekognitionUsers', $2, '{}', '', '{}', false, $3, now() - make_interval(secs => at),
      case when $3 = 'COMPLETED' then now() - make_interval(hours => $4, secs => at) end
    from generate_series(1, $1) as at`,
    [count, caller, state, hours],
  );
}

it('The job of each caller that has waited longest is found at once, however many wait', async () => {
  await addJobs(20_000, 'ada', 'QUEUED');
  await addJobs(2, 'bob', 'QUEUED');
  const since = performance.now();
  const waiting = await new JobQueries(database.db).waiting(['importRekognitionUsers']);
  expect(performance.now() - since).toBeLessThan(3_000);
  const oldest = await own.sql<{ id: string; caller: string }>(
    'select distinct on (caller) id, caller, operation from vestibule.job order by caller, created_at',
  );
  const rest = { run: 0, since: expect.any(Date), served: null, workers: 0 };
  expect(waiting).toEqual(oldest.map(job => ({ ...job, ...rest })));
});

it('Rows that wait are read without reading through all that the ledger remembers', async () => {
  await addJobs(1, 'ada', 'RUNNING');
  const [job] = await own.sql<{ id: string }>('select id from vestibule.job');
  const id = job?.id ?? '';
  await own.sql(
    `insert into vestibule.job_row (job, position, state, input) select $1, at, 'WAITING', '{}' from generate_series(0, 9999) as at`,
    [id],
  );
  await own.sql(
    `with of_others as (
      insert into vestibule.change (key_hash, input_hash, operation, expires_at, job, position)
      select decode(md5(at::text), 'hex'), '', 'importRekognitionUsers', now(), case when at = 7 then $1 else gen_random_uuid() end, at
      from generate_series(0, 49999) as at returning id
    )
    insert into vestibule.call (change, identity, sent_at) select id, '', now() from of_others`,
    [id],
  );
  await own.sql('analyze');
  const rows = await new JobQueries(database.db).waitingRows(id, 500, -1);
  expect(rows).toHaveLength(500);
  expect(rows.filter(({ begun }) => begun).map(({ position }) => position)).toEqual([7]);
  // The statistics of a connection are told when it has nothing to do.
  const lookUps = async () =>
    (
      await own.sql<{ idx_scan: string }>(
        "select idx_scan from pg_stat_user_indexes where indexrelname = 'change_row'",
      )
    )[0]?.idx_scan;
  await expect.poll(async () => Number(await lookUps()), { timeout: 15_000 }).toBeGreaterThanOrEqual(500);
});

it('Old jobs are deleted with their rows, however many there are, and no others', async () => {
  await addJobs(23, 'ada', 'COMPLETED', 2);
  await addJobs(2, 'bob', 'COMPLETED');
  await own.sql(
    `insert into vestibule.job_row (job, position, state) select id, 0, 'SUCCEEDED' from vestibule.job`,
  );
  const gateway = await startJobGateway({ JOB_HOURS: '1' }, own);
  try {
    const left = () =>
      own.sql('select caller, count from vestibule.job join vestibule.job_row_count on job = id');
    const row = { caller: 'bob', count: 1 };
    await expect.poll(left, { timeout: 20_000 }).toEqual([row, row]);
    expect(await own.sql('select from vestibule.job_row')).toHaveLength(2);
  } finally {
    await gateway.stop();
  }
});
