/** The migrations, in their order: forward only, and never edited once they are released. */
import type { Migration } from 'kysely/migration';
import * as ledger from './0001-ledger.ts';

export const migrations: Readonly<Record<string, Migration>> = {
  '0001-ledger': ledger,
};
