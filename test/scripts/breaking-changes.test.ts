import { BreakingChangeType, buildSchema, DangerousChangeType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { unannouncedChanges } from '../../scripts/schema/breaking-changes.ts';

type Case = readonly [before: string, after: string, description: string, ...coordinates: string[]];

/** One of each kind that graphql-js knows; the compiler asks for one more when a new version of it does. */
const breaking: Readonly<Record<BreakingChangeType, Case>> = {
  TYPE_REMOVED: ['scalar S', '', 'S was removed.', 'S'],
  TYPE_CHANGED_KIND: ['scalar S', 'enum S { V }', 'S changed from a Scalar type to an Enum type.', 'S'],
  TYPE_REMOVED_FROM_UNION: ['union U = A | B', 'union U = A', 'B was removed from union type U.', 'B', 'U'],
  VALUE_REMOVED_FROM_ENUM: ['enum E { X Y }', 'enum E { X }', 'Enum value E.Y was removed.', 'E.Y'],
  REQUIRED_INPUT_FIELD_ADDED: [
    'input I { a: Int }',
    'input I { a: Int, b: Int! }',
    'A required field I.b was added.',
    'I.b',
  ],
  IMPLEMENTED_INTERFACE_REMOVED: [
    'type T implements N { id: ID }',
    'type T { id: ID }',
    'T no longer implements interface N.',
    'T',
    'N',
  ],
  FIELD_REMOVED: ['type T { a: Int, b: Int }', 'type T { a: Int }', 'Field T.b was removed.', 'T.b'],
  FIELD_CHANGED_KIND: [
    'type T { a: Int! }',
    'type T { a: Int }',
    'Field T.a changed type from Int! to Int.',
    'T.a',
  ],
  REQUIRED_ARG_ADDED: [
    'type T { a: Int }',
    'type T { a(x: Int!): Int }',
    'A required argument T.a(x:) was added.',
    'T.a(x:)',
  ],
  ARG_REMOVED: ['type T { a(x: Int): Int }', 'type T { a: Int }', 'Argument T.a(x:) was removed.', 'T.a(x:)'],
  ARG_CHANGED_KIND: [
    'type T { a(x: Int): Int }',
    'type T { a(x: Int!): Int }',
    'Argument T.a(x:) has changed type from Int to Int!.',
    'T.a(x:)',
  ],
  DIRECTIVE_REMOVED: ['directive @d on FIELD', '', 'Directive @d was removed.', '@d'],
  DIRECTIVE_ARG_REMOVED: [
    'directive @d(x: Int) on FIELD',
    'directive @d on FIELD',
    'Argument @d(x:) was removed.',
    '@d(x:)',
  ],
  REQUIRED_DIRECTIVE_ARG_ADDED: [
    'directive @d on FIELD',
    'directive @d(x: Int!) on FIELD',
    'A required argument @d(x:) was added.',
    '@d(x:)',
  ],
  DIRECTIVE_REPEATABLE_REMOVED: [
    'directive @d repeatable on FIELD',
    'directive @d on FIELD',
    'Repeatable flag was removed from @d.',
    '@d',
  ],
  DIRECTIVE_LOCATION_REMOVED: [
    'directive @d on FIELD | QUERY',
    'directive @d on FIELD',
    'QUERY was removed from @d.',
    '@d',
  ],
};

type Surprising = Exclude<DangerousChangeType, 'OPTIONAL_INPUT_FIELD_ADDED' | 'OPTIONAL_ARG_ADDED'>;

const surprising: Readonly<Record<Surprising, Case>> = {
  VALUE_ADDED_TO_ENUM: ['enum E { X }', 'enum E { X Y }', 'Enum value E.Y was added.', 'E.Y'],
  TYPE_ADDED_TO_UNION: ['union U = A', 'union U = A | B', 'B was added to union type U.', 'B', 'U'],
  IMPLEMENTED_INTERFACE_ADDED: [
    'type T { id: ID }',
    'type T implements N { id: ID }',
    'N added to interfaces implemented by T.',
    'N',
    'T',
  ],
  ARG_DEFAULT_VALUE_CHANGE: [
    'type T { a(x: Int = 1): Int }',
    'type T { a(x: Int = 2): Int }',
    'T.a(x:) has changed defaultValue from 1 to 2.',
    'T.a(x:)',
  ],
  INPUT_FIELD_DEFAULT_VALUE_CHANGE: [
    'input I { a: Int = 1 }',
    'input I { a: Int }',
    'I.a defaultValue was removed.',
    'I.a',
  ],
};

const unchanged = 'type Query { n: N } interface N { id: ID } type A { a: Int } type B { b: Int }';
const schema = (sdl: string) => buildSchema(`${unchanged} ${sdl}`);

const changelog = ({ breaks = '', added = '', released = '' }) => `# Changelog

## [Unreleased]

### Added

- This: ${added}

### Breaking

- This: ${breaks}

### Fixed

- Something.

## [0.1.0]

### Breaking

- This: ${released}
`;

const inText = (coordinates: readonly string[]) => coordinates.map(name => `\`${name}\``).join(' and ');

describe('a change that breaks clients is announced under "Unreleased", "Breaking" and nowhere else', () => {
  it.each(Object.entries(breaking))('%s', (_kind, [before, after, description, ...coordinates]) => {
    const missing = (text: string) => unannouncedChanges(schema(before), schema(after), text).breaking;
    const named = inText(coordinates);
    expect(missing(changelog({ added: named, released: named }))).toEqual([description]);
    expect(missing(changelog({ breaks: named }))).toEqual([]);
    const alone = coordinates.length > 1 ? coordinates : [];
    for (const one of alone) expect(missing(changelog({ breaks: one }))).toEqual([description]);
  });

  it('an input of which exactly one member may be given from now on, which graphql-js does not know', () => {
    const before = schema('input I { a: Int, b: Int }');
    const after = schema('input I @oneOf { a: Int, b: Int }');
    expect(unannouncedChanges(before, after, '').breaking).toEqual([
      'I changed from an Input type to a OneOf Input type.',
    ]);
    expect(unannouncedChanges(before, after, changelog({ breaks: '`I`' })).breaking).toEqual([]);
    expect(unannouncedChanges(after, before, '').breaking).toEqual([]);
    expect(unannouncedChanges(after, after, '').breaking).toEqual([]);
  });

  it.each([
    ['`T.abc`, `T.a`, `T`, `ab`', ['Field T.ab was removed.']],
    ['`T.abc`, `T.ab`.', []],
  ])('by its whole coordinate: %s', (breaks, missing) => {
    const [before, after] = [schema('type T { a: Int, ab: Int }'), schema('type T { a: Int }')];
    expect(unannouncedChanges(before, after, changelog({ breaks })).breaking).toEqual(missing);
  });
});

describe('a change that surprises clients is named anywhere under "Unreleased"', () => {
  it.each(Object.entries(surprising))('%s', (_kind, [before, after, description, ...coordinates]) => {
    const missing = (text: string) => unannouncedChanges(schema(before), schema(after), text);
    const named = inText(coordinates);
    expect(missing(changelog({ released: named }))).toEqual({ breaking: [], surprising: [description] });
    expect(missing(changelog({ added: named }))).toEqual({ breaking: [], surprising: [] });
    expect(missing(changelog({ breaks: named }))).toEqual({ breaking: [], surprising: [] });
  });
});

describe('a change that only those meet who ask for it needs no word', () => {
  it.each([
    ['a type', '', 'type T { a: Int }'],
    ['a field', 'type T { a: Int }', 'type T { a: Int, b: Int }'],
    ['an optional argument', 'type T { a: Int }', 'type T { a(x: Int): Int }'],
    ['an optional member of an input', 'input I { a: Int }', 'input I { a: Int, b: Int }'],
    ['a description', 'type T { a: Int }', '"T." type T { a: Int }'],
  ])('%s', (_change, before, after) => {
    const nothing = { breaking: [], surprising: [] };
    expect(unannouncedChanges(schema(before), schema(after), '')).toEqual(nothing);
  });
});
