interface EntityTable {
  /** The member that names what the entities are in; lists are asked for by it. */
  readonly parent: string;
  /** The table of that, if it is kept: what is in a parent goes with it. */
  readonly parentTable?: string;
  /** The member that holds their id, unique in the parent. */
  readonly id: string;
  /** Further columns that are unique in the parent, and where the entity has their values; `lower…` is in lower case. */
  readonly unique?: Readonly<Record<string, string>>;
}

/** The SQL of a table of entities that belong to something and are kept in order. */
export function entityTable(name: string, { parent, parentTable, id, unique = {} }: EntityTable): string {
  const parts = [
    'position INTEGER PRIMARY KEY AUTOINCREMENT',
    'entity TEXT NOT NULL',
    `${parent} TEXT NOT NULL AS (entity ->> '${parent}')${references(parent, parentTable)}`,
    `${id} TEXT NOT NULL AS (entity ->> '${id}')`,
    ...Object.entries(unique).map(([column, path]) => `${column} TEXT AS (${valueOf(column, path)})`),
    ...[id, ...Object.keys(unique)].map(column => `UNIQUE (${parent}, ${column})`),
  ];
  return `
CREATE TABLE IF NOT EXISTS ${name} (
  ${parts.join(',\n  ')}
) STRICT;
CREATE INDEX IF NOT EXISTS ${name}_in_order ON ${name} (${parent}, position);
`;
}

function references(column: string, table: string | undefined): string {
  return table === undefined ? '' : ` REFERENCES ${table} (${column}) ON DELETE CASCADE`;
}

function valueOf(column: string, path: string): string {
  const value = `entity ->> '${path}'`;
  return column.startsWith('lower') ? `lower_case(${value})` : value;
}
