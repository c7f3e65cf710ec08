import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { unannouncedBreaks } from '../../src/schema/breaking-changes.ts';
import { printSdl } from '../../src/schema/sdl.ts';

const before = buildSchema('type Query { a: Int, b(x: Int): Int } enum E { X Y }');
const after = buildSchema('type Query { a: String, b: Int } enum E { X }');

const changelog = (breaking: string) => `# Changelog

## [Unreleased]

### Added
- \`Query.b(x:)\` is not announced here.

### Breaking
${breaking}
### Fixed
- \`E.Y\` is not announced here.

## [0.1.0]

### Breaking
- \`Query.a\` and \`E.Y\` are of an earlier release.
`;

describe('changes that break clients', () => {
  it('are listed when the changelog does not announce them', () => {
    expect(unannouncedBreaks(before, after, changelog(''))).toEqual([
      'Field Query.a changed type from Int to String.',
      'Argument Query.b(x:) was removed.',
      'Enum value E.Y was removed.',
    ]);
  });

  it('are announced by their coordinates under "Unreleased", "Breaking"', () => {
    const announced = changelog('- `Query.a` is now a string.\n- Gone: `E.Y`, `Query.b(x:)`.\n');
    expect(unannouncedBreaks(before, after, announced)).toEqual([]);
  });

  it('are not announced by a coordinate that begins like theirs', () => {
    expect(unannouncedBreaks(before, after, changelog('- `Query.ab`, `Query.b`, `E`\n'))).toHaveLength(3);
  });
});

describe('the printed schema', () => {
  it('is sorted, but for the members of unions', () => {
    const schema = buildSchema(
      'type Query { b: U, a(z: Int, y: Int): E } enum E { Y X } union U = Z | A type Z { z: Int } type A { a: Int }',
    );
    expect(printSdl(schema)).toBe(`type A {
  a: Int
}

enum E {
  X
  Y
}

type Query {
  a(y: Int, z: Int): E
  b: U
}

union U = Z | A

type Z {
  z: Int
}
`);
  });
});
