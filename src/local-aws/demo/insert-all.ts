import type { Table } from '../table.ts';

/** Whether there was room for any of the entities. */
export function insertAll<Entity extends object>(
  table: Table<Entity, string>,
  entities: readonly Entity[],
): boolean {
  return entities.map(entity => table.insertIfFree(entity)).includes(true);
}
