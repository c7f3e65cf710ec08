/** Extensions of fields that read the gateway's own database, by which operations are counted before they run. */

/** How many statements each of them takes, or that all of an object share one. A type, so that it fits into extensions. */
type ReadsDatabase = { readonly readsDatabase: number | 'together' };

/** The field takes so many statements, as often as it is asked for. */
export function readsDatabase(statements = 1): ReadsDatabase {
  return { readsDatabase: statements };
}

/** All such fields of an object share a statement. */
export const readsDatabaseTogether: ReadsDatabase = { readsDatabase: 'together' };
