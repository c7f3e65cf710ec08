/** What GraphQL's own implementation gives up on is told with its limit, at the first sight of a document and later. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const collection = (fields: string) => `{ rekognitionCollection(collectionId: "employees") { ${fields} } }`;
const each = (count: number, part: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => part(n)).join(' ');

it.each([
  ['a field', collection(each(720, () => 'collectionId'))],
  ['an object', collection(each(30, () => `users { ${each(31, () => '__typename')} }`))],
  [
    'a field in fragments',
    collection(each(720, n => `...F${n}`)) +
      each(720, n => `fragment F${n} on RekognitionCollection { collectionId }`),
  ],
])('that a document repeats %s too often to be validated', async (_what, document) => {
  for (let sight = 1; sight <= 2; sight += 1) {
    expect(await gateway.query(document)).toEqual({
      errors: [
        {
          message:
            'The document is too large: to validate it takes more than 500000 comparisons of its fields, ' +
            'or 50000 uses of its fragments. It stopped there, so that it is not known how many more.',
          extensions: {
            code: 'DOCUMENT_TOO_LARGE',
            limit: 'validation',
            maximum: 500_000,
            maximumFragmentUses: 50_000,
          },
        },
      ],
    });
  }
});

it('that a document has more errors than are listed', async () => {
  const document = collection(each(150, n => `a${n}`));
  for (let sight = 1; sight <= 2; sight += 1) {
    const { errors } = await gateway.query(document);
    expect(errors).toHaveLength(101);
    expect(errors?.at(-1)).toEqual({
      message: 'The document has more than 100 errors, of which these are the first.',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  }
});

it('that variables have more errors than are listed', async () => {
  const document = 'query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  for (let sight = 1; sight <= 2; sight += 1) {
    const { errors } = await gateway.query(document, { ids: Array.from({ length: 60 }, () => true) });
    expect(errors).toHaveLength(51);
    expect(errors?.at(-1)).toEqual({
      message: 'The variables have more than 50 errors, of which these are the first.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
});
