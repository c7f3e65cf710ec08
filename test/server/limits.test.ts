/** How much one document may ask for. */
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    const fragments = Array.from(
      { length: 40 },
      (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`,
    );
    const document = `{ ...F0 } ${fragments.join(' ')} fragment F40 on Query { __typename }`;
    expect(await gateway.query(document)).toEqual(tooLarge('rootFields', 25, 2 ** 40, 'top-level fields'));
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
    expect(await gateway.query(document)).toEqual(tooLarge('nesting', 100, 101, 'levels of brackets'));
  });

  it('allow 20,000 tokens', async () => {
    expect(await gateway.query(`{ ${'a '.repeat(20_000)} }`)).toEqual(
      tooLarge('tokens', 20_000, 20_001, 'tokens'),
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
