/**
 * The migrations, in their order: forward only, and never edited once they are released. The version before works on what
 * they leave: what it reads or writes is dropped or renamed in the version after next at the earliest.
 */
import type { Migration } from 'kysely/migration';
import * as ledger from './0001-ledger.ts';
import * as jobs from './0002-jobs.ts';
import * as audit from './0003-audit.ts';
import * as slots from './0004-slots.ts';
import * as jobEnds from './0005-job-ends.ts';
import * as jobAccess from './0006-job-access.ts';
import * as rowSubjects from './0007-row-subjects.ts';
import * as plannedRows from './0008-planned-rows.ts';
import * as rowChanges from './0010-row-changes.ts';
import * as rowCounts from './0011-row-counts.ts';
import * as lists from './0012-lists.ts';
import * as jobRates from './0013-job-rates.ts';
import * as rowBytes from './0014-row-bytes.ts';

export const migrations: Readonly<Record<string, Migration>> = {
  '0001-ledger': ledger,
  '0002-jobs': jobs,
  '0003-audit': audit,
  '0004-slots': slots,
  '0005-job-ends': jobEnds,
  '0006-job-access': jobAccess,
  '0007-row-subjects': rowSubjects,
  '0008-planned-rows': plannedRows,
  '0010-row-changes': rowChanges,
  '0011-row-counts': rowCounts,
  '0012-lists': lists,
  '0013-job-rates': jobRates,
  '0014-row-bytes': rowBytes,
};
