/** Thousands of jobs of one caller are looked through, and deleted when they are old. */
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
    'select distinct on (caller) id, caller from vestibule.job order by caller, created_at',
  );
  expect(waiting).toEqual(oldest.map(job => ({ ...job, run: 0, since: expect.any(Date), served: null })));
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
