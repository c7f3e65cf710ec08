/** Variables of bulk jobs. */
import { Fault, text, wholeNumber } from './variable.ts';

const patterns = { type: 'patterns, separated by commas', fallback: '', read: patternsIn };

export const jobs = {
  maxRows: wholeNumber(
    'MAX_JOB_ROWS',
    { min: 1, max: 1_000_000, fallback: 100_000 },
    'How many rows a bulk job may be given, in a file or as a list.',
  ),
  maxCallerJobs: wholeNumber(
    'MAX_CALLER_JOBS',
    { min: 1, max: 1_000_000, fallback: 10_000 },
    'How many bulk jobs one caller may have, those that have ended and are kept with them; a further one is a `QuotaExceededError`.',
  ),
  maxCallerRows: wholeNumber(
    'MAX_CALLER_ROWS',
    { min: 1, max: 1_000_000_000, fallback: 2_000_000 },
    'How many rows these may have together before a further job is refused in the same way.',
  ),
  workers: wholeNumber(
    'JOB_WORKERS',
    { min: 0, max: 100, fallback: 4 },
    'How many bulk jobs of each provider this gateway works on at a time, of one caller at most half of them, rounded up, as long as others wait; 0: it takes jobs in, and leaves them to others that share its database.',
  ),
  hours: wholeNumber(
    'JOB_HOURS',
    { min: 1, max: 8_760, fallback: 168 },
    'How many hours a bulk job is kept after its end, with what was given of rows that did not succeed, so that they can be tried again.',
  ),
  exportHours: wholeNumber(
    'EXPORT_HOURS',
    { min: 1, max: 8_760, fallback: 24 },
    'How many hours an export is kept after its end, with all that it exported.',
  ),
  deletionPercent: wholeNumber(
    'MAX_DELETION_PERCENT',
    { min: 0, max: 100, fallback: 5 },
    'How many of a hundred users of a store or a collection a bulk job may delete without `confirmDeletions`.',
  ),
  protectedUsers: text(
    'PROTECTED_USERS',
    patterns,
    'Users that no bulk job changes or deletes, by their ids or names, separated by commas; `*` stands for anything, as in `admin-*`.',
  ),
  protectedGroups: text(
    'PROTECTED_GROUPS',
    patterns,
    'Groups of which no bulk job changes the members, and of whose members it deletes none, by their ids or names, as above.',
  ),
};

function patternsIn(list: string): readonly string[] | Fault {
  if (list.trim() === '') return [];
  const parts = list.split(',').map(part => part.trim());
  return parts.includes('') ? new Fault('one of them is empty') : parts;
}
