/** How much one caller may have in jobs: what is kept of them takes room that all callers share. */
import { QuotaExceededError } from '../errors.ts';
import type { Kept } from './job-queries.ts';

export interface KeptLimits {
  /** How many jobs a caller may have, those that have ended with them. */
  readonly maxCallerJobs: number;
  /** How many rows these may have together before there is another. */
  readonly maxCallerRows: number;
}

/**
 * Lets a caller have another job.
 *
 * @throws QuotaExceededError when that has as much as it may have.
 */
export function checkKept({ jobs, rows }: Kept, { maxCallerJobs, maxCallerRows }: KeptLimits): void {
  if (jobs >= maxCallerJobs) throw tooMuch(`${jobs} bulk jobs`, maxCallerJobs, 'MAX_CALLER_JOBS');
  if (rows >= maxCallerRows) throw tooMuch(`${rows} rows in bulk jobs`, maxCallerRows, 'MAX_CALLER_ROWS');
}

function tooMuch(what: string, maximum: number, setting: string): QuotaExceededError {
  return new QuotaExceededError({
    message: `The caller has ${what}, and may have ${maximum} (${setting}). Nothing was done. Wait until some are deleted, JOB_HOURS after their end and exports EXPORT_HOURS, or have the limit raised.`,
  });
}
