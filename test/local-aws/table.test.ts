import { beforeEach, expect, test } from 'vitest';
import { Database } from '../../src/local-aws/database.ts';
import { Table } from '../../src/local-aws/table.ts';

/** Two kinds of entities, and a third that joins them. */
const schema = `
CREATE TABLE persons (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  name TEXT NOT NULL AS (entity ->> 'name') UNIQUE
) STRICT;
CREATE TABLE clubs (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  name TEXT NOT NULL AS (entity ->> 'name') UNIQUE
) STRICT;
CREATE TABLE members (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  person TEXT NOT NULL AS (entity ->> 'person') REFERENCES persons (name) ON DELETE CASCADE,
  club TEXT NOT NULL AS (entity ->> 'club') REFERENCES clubs (name) ON DELETE CASCADE,
  UNIQUE (person, club)
) STRICT;
CREATE INDEX members_of_clubs ON members (club, position);
`;

let database: Database;
let persons: Table<{ name: string }, 'name'>;
let clubs: Table<{ name: string }, 'name'>;
let members: Table<{ person: string; club: string }, 'person' | 'club'>;
const all = { after: 0, limit: 10 };

beforeEach(() => {
  database = new Database(':memory:');
  database.declare(schema);
  persons = new Table(database, 'persons');
  clubs = new Table(database, 'clubs');
  members = new Table(database, 'members');
  database.setUp(() => {
    for (const name of ['ada', 'grace', 'alan']) persons.insert({ name });
    for (const name of ['chess', 'choir']) clubs.insert({ name });
    for (const person of ['grace', 'ada']) members.insert({ person, club: 'chess' });
    members.insert({ person: 'ada', club: 'choir' });
  });
  return () => database.close();
});

test('what joins two entities goes with either of them', () => {
  expect(persons.delete({ name: 'grace' })).toBe(true);
  expect(members.list({}, all).entities).toEqual([
    { person: 'ada', club: 'chess' },
    { person: 'ada', club: 'choir' },
  ]);
  expect(clubs.delete({ name: 'chess' })).toBe(true);
  expect(members.list({}, all).entities).toEqual([{ person: 'ada', club: 'choir' }]);
  expect(clubs.delete({ name: 'chess' })).toBe(false);
});

test('what would join an entity that is not there is refused', () => {
  expect(() => members.insert({ person: 'eve', club: 'chess' })).toThrow('FOREIGN KEY constraint failed');
  expect(members.count({ club: 'chess' })).toBe(2);
});

test('lists can join both ways, page by page', () => {
  const chessPlayers = 'name IN (SELECT person FROM members WHERE club = :club)';
  const club = { club: 'chess' };
  const first = persons.listWhere(chessPlayers, club, { after: 0, limit: 1 });
  expect(first).toEqual({ entities: [{ name: 'ada' }], next: 1 });
  expect(persons.listWhere(chessPlayers, club, { after: 1, limit: 1 })).toEqual({
    entities: [{ name: 'grace' }],
  });
  const ofAda = 'name IN (SELECT club FROM members WHERE person = :person) OR name = :name';
  expect(clubs.listWhere(ofAda, { person: 'ada', name: '' }, { after: 1, limit: 5 })).toEqual({
    entities: [{ name: 'choir' }],
  });
});

test('an entity whose values are taken throws what its operation makes of it, and is not there', () => {
  const twice = { person: 'ada', club: 'chess' };
  expect(() => members.insert(twice, () => new Error(`there are ${members.count({})}`))).toThrow(
    'there are 3',
  );
  expect(() => persons.insert({ name: 'ada' })).toThrow('persons has no place for this entity');
  expect(persons.count({})).toBe(3);
});

test('an entity is replaced in its place, unless the values of the new one are taken', () => {
  expect(() => persons.replace({ name: 'ada' }, { name: 'alan' })).toThrow(
    'persons has no place for this entity',
  );
  persons.replace({ name: 'alan' }, { name: 'eve' });
  expect(persons.list({}, all).entities).toEqual([{ name: 'ada' }, { name: 'grace' }, { name: 'eve' }]);
});

test('work that throws leaves nothing of itself, cascades included', () => {
  const work = () => {
    clubs.delete({ name: 'chess' });
    persons.insert({ name: 'eve' });
    expect(members.count({})).toBe(1);
    throw new Error('on second thoughts');
  };
  expect(() => database.transaction(work)).toThrow('on second thoughts');
  expect([clubs.count({}), persons.count({}), members.count({})]).toEqual([2, 3, 3]);
  database.transaction(() => persons.insert({ name: 'eve' }));
  expect(persons.find({ name: 'eve' })).toEqual({ name: 'eve' });
});
