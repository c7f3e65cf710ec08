import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { printSdl } from '../../scripts/schema/sdl.ts';

it('prints a schema sorted, but for the members of unions', () => {
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
