/** How much one document may ask for. */
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

function creates(count: number): string {
  const fields = Array.from(
    { length: count },
    (_, n) =>
      `u${n}: createRekognitionUser(input: {collectionId: "employees", userId: "of-${count}-${n}"}) { __typename }`,
  );
  return `mutation { ${fields.join(' ')} }`;
}

/** A document with `count` fields, and four more around them. */
function userFields(count: number): string {
  const fields = Array.from({ length: count }, (_, n) => `a${n}: id`).join(' ');
  return `{ rekognitionCollection(collectionId: "employees") { users { edges { node { ${fields} } } } } }`;
}

/** With 50 directives at a fragment, and the rest in it: those that stand twice are refused by validation. */
function directives(count: number): string {
  return `{ ...A ${'@include(if: true) '.repeat(50)} } fragment A on Query { a: __typename ${'@skip(if: false) '.repeat(count - 50)} }`;
}

function levels(count: number): string {
  return '{ a '.repeat(count) + '}'.repeat(count);
}

function tooLarge(limit: string, maximum: number, actual: number, unit: string) {
  return {
    errors: [
      {
        message: `The document is too large: it has ${actual} ${unit}, and may have ${maximum}.`,
        extensions: { code: 'DOCUMENT_TOO_LARGE', limit, maximum, actual },
      },
    ],
  };
}

/** The same of what is no more counted beyond the limit. */
function muchTooLarge(limit: string, maximum: number, unit: string) {
  const message = `The document is too large: it has more than ${maximum} ${unit}, and may have ${maximum}.`;
  return { errors: [{ message, extensions: { code: 'DOCUMENT_TOO_LARGE', limit, maximum } }] };
}

/** A field that fragments double so many times. */
function doubled(times: number): string {
  const fragments = Array.from(
    { length: times },
    (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`,
  );
  return `{ ...F0 } ${fragments.join(' ')} fragment F${times} on Query { __typename }`;
}

describe('top-level fields', () => {
  it('may be 25', async () => {
    const { data } = await gateway.query(creates(25));
    expect(Object.values(data)).toEqual(
      Array.from({ length: 25 }, () => ({ __typename: 'CreateRekognitionUserSuccess' })),
    );
  });

  it.each([26, 1_000])('may not be %i, under whatever aliases; AWS is not asked', async count => {
    const before = gateway.localAws.requests.list().length;
    expect(await gateway.query(creates(count))).toEqual(
      tooLarge('rootFields', 25, count, 'top-level fields'),
    );
    expect(gateway.localAws.requests.list()).toHaveLength(before);
  });

  it('count as often as fragments repeat them', async () => {
    expect(await gateway.query(doubled(40))).toEqual(tooLarge('rootFields', 25, 2 ** 40, 'top-level fields'));
    expect(await gateway.query(doubled(1_500))).toEqual(muchTooLarge('rootFields', 25, 'top-level fields'));
  });

  it('count in every operation of the document', async () => {
    const many = Array.from({ length: 26 }, (_, n) => `a${n}: __typename`).join(' ');
    expect(await gateway.query(`query B { ${many} }`)).toEqual(
      tooLarge('rootFields', 25, 26, 'top-level fields'),
    );
  });
});

describe('other limits', () => {
  it('allow 1,000 fields', async () => {
    expect((await gateway.query(userFields(996))).errors).toBeUndefined();
    expect(await gateway.query(userFields(997))).toEqual(tooLarge('fields', 1_000, 1_001, 'fields'));
  });

  it('allow 20 levels of fields', async () => {
    expect((await gateway.query(levels(20))).errors?.[0]?.extensions['code']).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
    expect(await gateway.query(levels(21))).toEqual(tooLarge('depth', 20, 21, 'levels of fields'));
  });

  it.each([
    ['fields', '{a'.repeat(9_000) + '}'.repeat(9_000)],
    ['lists', `{ node(id: ${'['.repeat(9_000)}${']'.repeat(9_000)}) { id } }`],
    ['types', `query Q($a: ${'['.repeat(9_000)}Int${']'.repeat(9_000)}) { __typename }`],
    ['brackets without end', '{a'.repeat(9_000)],
  ])('keep %s from exhausting the stack', async (_what, document) => {
    expect(await gateway.query(document)).toEqual(muchTooLarge('nesting', 100, 'levels of brackets'));
  });

  it('allow 100 directives, wherever they stand', async () => {
    expect((await gateway.query(directives(100))).errors?.[0]?.extensions['code']).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(await gateway.query(directives(101))).toEqual(tooLarge('directives', 100, 101, 'directives'));
    }
  });

  it('allow 20,000 tokens', async () => {
    expect(await gateway.query(`{ ${'a '.repeat(20_000)} }`)).toEqual(
      muchTooLarge('tokens', 20_000, 'tokens'),
    );
  });

  it('leave fragments that contain themselves, in however long a circle, to validation', async () => {
    const circle = Array.from(
      { length: 2_000 },
      (_, n) => `fragment F${n} on Query { ...F${(n + 1) % 2_000} }`,
    );
    const { errors } = await gateway.query(`{ ...F0 } ${circle.join(' ')}`);
    expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('leave room for introspection with everything', async () => {
    const document = getIntrospectionQuery({
      inputValueDeprecation: true,
      oneOf: true,
      schemaDescription: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
    });
    const { data, errors } = await gateway.query(document);
    expect(errors).toBeUndefined();
    expect(data.__schema.queryType.name).toBe('Query');
  });
});

it('lists within one another in introspection are refused with how many there may be', async () => {
  const document = '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }';
  const { errors } = await gateway.query(document);
  expect(errors?.map(({ message, extensions }) => ({ message, extensions }))).toEqual([
    {
      message:
        'The document asks too deep in introspection: it has more than 2 lists of fields, interfaces, types and input fields within one another, and may have 2.',
      extensions: { code: 'DOCUMENT_TOO_LARGE', limit: 'introspectionLists', maximum: 2 },
    },
  ]);
});

/** A variable with a value, a document that crosses it, and the error's facts; undefined where it is not counted on. */
const set: readonly [string, number, string, string, number | undefined, string][] = [
  ['MAX_DOCUMENT_TOKENS', 5, '{ a b c d }', 'tokens', undefined, 'tokens'],
  ['MAX_DOCUMENT_DIRECTIVES', 0, '{ __typename @skip(if: false) }', 'directives', 1, 'directives'],
  ['MAX_DOCUMENT_ROOT_FIELDS', 1, '{ a: __typename b: __typename }', 'rootFields', 2, 'top-level fields'],
  ['MAX_DOCUMENT_DEPTH', 1, '{ providers { id } }', 'depth', 2, 'levels of fields'],
  ['MAX_DOCUMENT_FIELDS', 1, '{ providers { id } }', 'fields', 2, 'fields'],
];

describe('a limit that the operator sets', () => {
  it.each(set)(
    'holds on every sight of a document: %s',
    async (name, value, document, limit, actual, unit) => {
      const strict = await startTestGateway({ [name]: String(value) });
      onTestFinished(() => strict.stop());
      for (let sight = 1; sight <= 2; sight += 1) {
        expect(await strict.query(document)).toEqual(
          actual === undefined ? muchTooLarge(limit, value, unit) : tooLarge(limit, value, actual, unit),
        );
      }
    },
  );

  it('holds for bodies and for answers, on every sight of a document', async () => {
    const strict = await startTestGateway({ MAX_BODY_BYTES: '1024', MAX_ANSWER_VALUES: '2' });
    onTestFinished(() => strict.stop());
    const query = '{ providers { id name region } }';
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(await strict.query(query.padEnd(1_100))).toEqual({
        errors: [
          {
            message: expect.stringMatching(
              /^The request has \d+ bytes; at most 1024 bytes are accepted\. Send files as Upload, .* or raise MAX_BODY_BYTES\.$/,
            ),
            extensions: {
              code: 'REQUEST_TOO_LARGE',
              limit: 'bodyBytes',
              maximum: 1_024,
              actual: expect.any(Number),
            },
          },
        ],
      });
      expect(await strict.query(query)).toEqual({
        errors: [
          {
            message: 'The operation is too large: its answer can have 4 values, and may have 2.',
            extensions: { code: 'OPERATION_TOO_LARGE', limit: 'values', maximum: 2, actual: 4 },
          },
        ],
      });
    }
  });
});
