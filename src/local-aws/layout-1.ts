/** The tables of layout 2 whose entities layout 1 kept too. */
export const tablesOfLayout1: ReadonlySet<string> = new Set([
  'rekognition_collections',
  'rekognition_users',
  'rekognition_tokens',
  'identitystore_users',
  'chime_accounts',
  'chime_users',
]);

/**
 * Layout 1 kept all entities in one table, `rows (kind, parent, key, sequence, row)`. This moves them into the
 * tables of layout 2. They keep their numbers, and new rows get numbers above all that layout 1 ever gave out,
 * which were microseconds since 1970: page tokens from before stay good.
 */
export const fromLayout1 = `
INSERT INTO rekognition_collections (position, entity)
  SELECT sequence, row FROM rows WHERE kind = 'rekognition.collections';
INSERT INTO rekognition_users (position, entity)
  SELECT sequence, json_insert(row, '$.CollectionId', parent) FROM rows WHERE kind = 'rekognition.users';
INSERT INTO rekognition_tokens (operation, token, request, answer, at)
  SELECT parent, key, row ->> 'request', row -> 'answer', row ->> 'at' FROM rows
  WHERE kind = 'rekognition.tokens';

INSERT INTO identitystore_users (position, entity)
  SELECT sequence, row FROM rows WHERE kind = 'identitystore.users';

INSERT INTO chime_accounts (position, entity)
  SELECT sequence, row FROM rows WHERE kind = 'chime.accounts';
INSERT INTO chime_users (position, entity)
  SELECT sequence, row FROM rows WHERE kind = 'chime.users';

DROP TABLE rows;

DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence (name, seq)
  SELECT name, (unixepoch() + 1) * 1000000 FROM sqlite_schema WHERE sql LIKE '%AUTOINCREMENT%';
`;
