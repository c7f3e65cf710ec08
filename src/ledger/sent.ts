/** What the ledger knows of rows of jobs: the one rule for whether something was done of one, or may have been. */
import { type RawBuilder, sql } from 'kysely';

/**
 * Whether a change has a call that was sent, and that AWS performed, or of which nobody knows what became. What AWS refused,
 * and what only read, counts for nothing.
 *
 * It counts, so that PostgreSQL looks each change up by its index: for `exists` it would read the whole ledger beforehand.
 */
const hasCall = sql<boolean>`(
  select count(*) > 0 from call
  where call.change = change.id and (outcome is null or (outcome ? 'answer' and not outcome ? 'read'))
)`;

/** Whether something was sent of a row of `job_row`: such a row was not left as it was. */
export const wasSent = sql<boolean>`(
  select count(*) > 0 from change
  where change.job = job_row.job and change.position = job_row.position and ${hasCall}
)`;

/** The positions of all such rows of a job: of one that has done little, there are few, however many rows it has. */
export function sentRowsOf(job: string): RawBuilder<number> {
  return sql<number>`select change.position from change where change.job = ${job} and ${hasCall}`;
}
