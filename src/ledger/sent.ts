/** What the ledger knows of rows of jobs: the one rule for whether something was done of one, or may have been. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';

/**
 * Whether a call was sent of a row of `job_row` that AWS performed, or of which nobody knows what became: such a row was not
 * left as it was. What AWS refused, and what only read, counts for nothing.
 *
 * It counts, so that PostgreSQL looks each row up by its index: for `exists` it would read the whole ledger beforehand.
 */
export const wasSent = sql<boolean>`(
  select count(*) > 0 from change join call on call.change = change.id
  where change.job = job_row.job and change.position = job_row.position
    and (outcome is null or (outcome ? 'answer' and not outcome ? 'read'))
)`;

/** Whether the ledger has anything of a job's rows: of most jobs that were not begun it has not, and no row has to be looked up. */
export async function isKnown(db: Kysely<Tables>, job: string): Promise<boolean> {
  const found = await db.selectFrom('change').select('id').where('job', '=', job).limit(1).execute();
  return found.length > 0;
}
