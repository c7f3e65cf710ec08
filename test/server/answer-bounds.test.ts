/** How much one answer may hold. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

function aliases(count: number): string {
  return Array.from({ length: count }, (_, n) => `a${n}: id`).join(' ');
}

/** A page of users with so many values each: the edge, the node, and what is under it. */
function users(first: string, values: number): string {
  return `identityStoreUsers${first} { edges { node { ${aliases(values - 2)} } } }`;
}

/** Pages of a thousand rows of a job each, with so much of their errors. */
function rows(count: number, error: string): string {
  const pages = Array.from(
    { length: count },
    (_, n) => `r${n}: rows(first: 1000) { edges { node { error { ${error} } } } }`,
  );
  return `{ jobs(first: 1) { edges { node { ${pages.join(' ')} } } } }`;
}

function tooManyValues(actual: number) {
  return {
    errors: [
      {
        message: `The operation is too large: its answer can have ${actual} values, and may have 100000.`,
        extensions: { code: 'OPERATION_TOO_LARGE', limit: 'values', maximum: 100_000, actual },
      },
    ],
  };
}

describe('the values of an answer', () => {
  it.each<[string, string, object, number]>([
    ['by the length of the page', `{ ${users('(first: 1000)', 101)} }`, {}, 101_001],
    ['by a variable', `query ($n: Int) { ${users('(first: $n)', 126)} }`, { n: 800 }, 100_801],
    ['by the default of a variable', `query ($n: Int = 900) { ${users('(first: $n)', 112)} }`, {}, 100_801],
    ['by the default of the field', `{ ${users('', 700)} b: ${users('(first: 1000)', 70)} }`, {}, 105_002],
    [
      'in fragments',
      `{ ${users('(first: 1000)', 2)} ...More } fragment More on Query { b: identityStoreUsers(first: 1000) { ...Page } }
       fragment Page on IdentityStoreUserConnection { edges { node { ... on Node { ${aliases(99)} } } } }`,
      {},
      103_002,
    ],
    [
      'by what may be wrong with each row of a job, ten for each',
      '{ jobs(first: 1) { edges { node { a: rows(first: 1000) { ...Errors } b: rows(first: 1000) { ...Errors } c: rows(first: 1000) { ...Errors } } } } } fragment Errors on JobRowConnection { edges { node { error { ... on Error { message } ... on InvalidInputError { issues { path message } } } } } }',
      {},
      189_006,
    ],
    ['by the messages of errors, which tell all of that, ten for each', rows(8, 'message'), {}, 104_011],
    [
      'by the messages of errors for what is wrong with an input alone',
      rows(8, '... on InvalidInputError { message }'),
      {},
      104_011,
    ],
    [
      'by a list of ids',
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ${aliases(990)} } }`,
      { ids: Array.from({ length: 102 }, () => 'x') },
      102 * 991,
    ],
    [
      'by a list of ids in the document',
      `{ nodes(ids: [${'"x" '.repeat(102)}]) { ${aliases(990)} } }`,
      {},
      102 * 991,
    ],
  ])('are counted before anything is executed: %s', async (_how, document, variables, actual) => {
    const before = gateway.localAws.requests.list().length;
    // The second time, the document is known.
    expect(await gateway.query(document, variables)).toEqual(tooManyValues(actual));
    expect(await gateway.query(document, variables)).toEqual(tooManyValues(actual));
    expect(gateway.localAws.requests.list()).toHaveLength(before);
  });

  it('may be as many as the longest page has with every field', async () => {
    const { data } = await gateway.query(`{ ${users('(first: 1000)', 99)} }`);
    expect(data.identityStoreUsers.edges).toHaveLength(3);
  });

  it('of a page that is refused are not counted', async () => {
    const { errors } = await gateway.query(`{ ${users('(first: 2000000000)', 50)} }`);
    expect(errors?.[0]?.extensions['code']).toBe('INVALID_INPUT');
  });

  it('of the schema are counted, too', async () => {
    const { errors } = await gateway.query(
      `{ __schema { types { fields { ${aliases(900).replaceAll('id', 'name')} } } } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit: 'values' });
  });
});
