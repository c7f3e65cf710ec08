import type { Database, Parameters } from './database.ts';

/** Which part of a list is wanted: so many rows after a position. */
export interface Range {
  readonly after: number;
  readonly limit: number;
}

/** A part of a list. */
export interface Slice<Entity> {
  readonly entities: Entity[];
  /** The position after which the list goes on. Absent when this is its end. */
  readonly next?: number;
}

/** Values of some of a table's columns. */
type Values<Column extends string> = { readonly [Name in Column]?: string };

/**
 * One kind of entity, in a table of the database that has at least these columns:
 *
 * - `position INTEGER PRIMARY KEY AUTOINCREMENT`: the order of lists. No number is ever used twice, so a list
 *   that goes on after a position neither skips nor repeats a row, whatever came or went in between.
 * - `entity TEXT NOT NULL`: the whole of it as JSON.
 *
 * Its other columns, which are what entities are found by, are generated from the JSON. They are named as
 * AWS's member; one that begins with `lower` holds it in lower case.
 */
export class Table<Entity extends object, Column extends string> {
  readonly #database: Database;
  readonly #name: string;
  /** For tables without unique values but their keys, which are made anew for each entity. */
  readonly #unexpected = (): Error => new Error(`${this.#name} has no place for this entity`);

  constructor(database: Database, name: string) {
    this.#database = database;
    this.#name = name;
  }

  /**
   * Adds an entity at the end.
   *
   * The unique indexes alone decide whether there is room for it. Only when there is none, `taken` may look
   * why, and gives the error to throw.
   */
  insert(entity: Entity, taken = this.#unexpected): void {
    if (!this.insertIfFree(entity)) throw taken();
  }

  /** Adds an entity at the end if there is room for it, and tells whether there was. */
  insertIfFree(entity: Entity): boolean {
    const insert = `INSERT INTO ${this.#name} (entity) VALUES (:entity) ON CONFLICT DO NOTHING`;
    return this.#database.run(insert, { entity: JSON.stringify(entity) }) > 0;
  }

  /** Puts an entity in the place of the one with these values, where lists go on to have it; `taken` as in insert. */
  replace(where: Values<Column>, entity: Entity, taken = this.#unexpected): void {
    const update = `UPDATE OR IGNORE ${this.#name} SET entity = :entity WHERE ${equal(where)}`;
    const parameters = { ...(where as Parameters), entity: JSON.stringify(entity) };
    if (this.#database.run(update, parameters) === 0) throw taken();
  }

  /** The first entity with these values. */
  find(where: Values<Column>): Entity | undefined {
    const found = this.#database.row(
      `SELECT entity FROM ${this.#name} WHERE ${equal(where)}`,
      where as Parameters,
    );
    return found && (JSON.parse(found[0] as string) as Entity);
  }

  count(where: Values<Column>): number {
    const counted = this.#database.row(
      `SELECT count(*) FROM ${this.#name} WHERE ${equal(where)}`,
      where as Parameters,
    );
    return Number(counted?.[0]);
  }

  /** Deletes the entities with these values, and what the database cascades to. Whether there were any. */
  delete(where: Values<Column>): boolean {
    return this.#database.run(`DELETE FROM ${this.#name} WHERE ${equal(where)}`, where as Parameters) > 0;
  }

  /** Lists the entities with these values; one that is undefined is not asked for. */
  list(where: Partial<Record<Column, string | undefined>>, range: Range): Slice<Entity> {
    const asked = Object.entries<string | undefined>(where).filter(([, value]) => value !== undefined);
    const parameters = Object.fromEntries(asked) as Parameters;
    return this.listWhere(equal(parameters), parameters, range);
  }

  /** Lists the entities that meet a condition in SQL, such as a join. Its parameters are named, as `:name`. */
  listWhere(condition: string, parameters: Parameters, { after, limit }: Range): Slice<Entity> {
    const select = `SELECT position, entity FROM ${this.#name}
      WHERE (${condition}) AND position > :after ORDER BY position LIMIT :limit`;
    // One more than wanted tells whether the list goes on.
    const rows = this.#database.rows(select, { ...parameters, after, limit: limit + 1 });
    const entities = rows.slice(0, limit).map(([, entity]) => JSON.parse(entity as string) as Entity);
    return rows.length > limit ? { entities, next: Number(rows[limit - 1]?.[0]) } : { entities };
  }
}

function equal(where: object): string {
  const conditions = Object.keys(where).map(column => `${column} = :${column}`);
  return conditions.length > 0 ? conditions.join(' AND ') : 'true';
}
