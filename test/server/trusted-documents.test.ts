/** Trusted documents: the only ones that run, from a file. */
import { createHash } from 'node:crypto';
import { buildSchema } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { openDocuments } from '../../src/persisted/index.ts';
import { sha256 } from '../../src/persisted/store.ts';
import { KnownDocuments } from '../../src/server/request/known-documents.ts';
import { startTestGateway } from '../support/gateway.ts';
import { json, type Sent, send } from '../support/http.ts';
import { trustedFile } from '../support/manifest.ts';

const users = 'query Users { identityStoreUsers(first: 1) { edges { node { userName } } } }';
const create = `mutation Create($userId: String!) {
  createRekognitionUser(input: {collectionId: "employees", userId: $userId}) { __typename }
}`;

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** The forms of the file, each with the ids that it gives to the two documents. */
const forms: readonly [string, string, string, object][] = [
  ["codegen's, by SHA-1", sha1(users), sha1(create), { [sha1(users)]: users, [sha1(create)]: create }],
  [
    "codegen's, by SHA-256",
    sha256(users),
    sha256(create),
    { [sha256(users)]: users, [sha256(create)]: create },
  ],
  ["Relay's, by MD5", md5(users), md5(create), { [md5(users)]: users, [md5(create)]: create }],
  [
    "the specification's ids",
    `sha256:${sha256(users)}`,
    'x-team:create',
    { [`sha256:${sha256(users)}`]: users, 'x-team:create': create },
  ],
  [
    'hashes in upper case',
    sha256(users).toUpperCase(),
    `sha256:${sha256(create).toUpperCase()}`,
    { [sha256(users).toUpperCase()]: users, [`sha256:${sha256(create).toUpperCase()}`]: create },
  ],
  [
    "Apollo's manifest",
    'users',
    sha256(create),
    {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [
        { id: 'users', name: 'Users', type: 'query', body: users },
        { id: sha256(create), name: 'Create', type: 'mutation', body: create },
      ],
    },
  ],
];

async function start(content: object | string, env: NodeJS.ProcessEnv = {}) {
  const file = await trustedFile(typeof content === 'string' ? content : JSON.stringify(content));
  const gateway = await startTestGateway({ TRUSTED_DOCUMENTS: file, ...env });
  onTestFinished(() => gateway.stop());
  return gateway;
}

const post = (parameters: object) => json(JSON.stringify(parameters));
const get = (parameters: Record<string, string>): Sent => ({
  method: 'GET',
  path: `/graphql?${new URLSearchParams(parameters).toString()}`,
});

const persistedQuery = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

const found = { status: 200, body: { data: { identityStoreUsers: { edges: [{ node: {} }] } } } };
const created = {
  status: 200,
  body: { data: { createRekognitionUser: { __typename: 'CreateRekognitionUserSuccess' } } },
};

const untrusted = {
  status: 403,
  body: {
    errors: [
      {
        message:
          'Only trusted documents run here, and this is none of them. They stand in the file of TRUSTED_DOCUMENTS; without it, every document runs.',
        extensions: { code: 'QUERY_NOT_IN_SAFELIST' },
      },
    ],
  },
};
const unknown = {
  status: 404,
  body: {
    errors: [
      {
        message:
          'Only trusted documents run here, and none has this id. They stand in the file of TRUSTED_DOCUMENTS.',
        extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' },
      },
    ],
  },
};

describe.each(forms)('of %s, a document', (_form, usersId, createId, content) => {
  it('runs by its id, in both protocols, by its hash, and by its text, however often', async () => {
    const { url } = await start(content);
    for (let sight = 1; sight <= 2; sight += 1) {
      for (const name of [usersId, sha256(users), `sha256:${sha256(users)}`]) {
        const extensions = persistedQuery(name);
        expect(await send(url, post({ documentId: name }))).toMatchObject(found);
        expect(await send(url, get({ documentId: name }))).toMatchObject(found);
        expect(await send(url, post({ extensions }))).toMatchObject(found);
        expect(await send(url, get({ extensions: JSON.stringify(extensions) }))).toMatchObject(found);
        expect(await send(url, post({ query: users, extensions }))).toMatchObject(found);
        expect(await send(url, post({ query: users, documentId: name }))).toMatchObject(found);
      }
      expect(await send(url, post({ query: users }))).toMatchObject(found);
      expect(await send(url, get({ query: users }))).toMatchObject(found);
      const variables = { userId: `trusted-${sight}` };
      expect(await send(url, post({ documentId: createId, variables }))).toMatchObject(created);
    }
  });
});

describe('a document that is not trusted', () => {
  it.each([
    ['with another space', `${users} `],
    ['that the schema does not know, of which nothing is told', '{ userz }'],
    ['that is no GraphQL', '{'],
    ['that asks for the schema, as GraphiQL does', '{ __schema { queryType { name } } }'],
    ['that is empty', ''],
  ])('does not run: one %s', async (_what, query) => {
    const { url } = await start({ users });
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(await send(url, post({ query }))).toMatchObject(untrusted);
      // A parameter in the address that is empty counts as absent.
      if (query !== '') expect(await send(url, get({ query }))).toMatchObject(untrusted);
      expect(await send(url, post({ query, documentId: 'users' }))).toMatchObject(untrusted);
      expect(await send(url, post({ query, extensions: persistedQuery(sha256(query)) }))).toMatchObject(
        untrusted,
      );
      expect(await send(url, post({ extensions: persistedQuery(sha256(query)) }))).toMatchObject(unknown);
      expect(await send(url, post({ documentId: sha256(query) }))).toMatchObject(unknown);
    }
  });

  it.each(['constructor', '__proto__', '', 'Users', users])('has no id: %j', async documentId => {
    const { url } = await start({ users });
    expect(await send(url, post({ documentId }))).toMatchObject(unknown);
  });

  it.each([
    [
      'before that of a trusted one',
      `{"query":"{ __typename }","query":${JSON.stringify(users)}}`,
      { status: 400 },
    ],
    [
      'after that of a trusted one',
      `{"query":${JSON.stringify(users)},"query":"{ __typename }"}`,
      { status: 400 },
    ],
    ['beside an id', `{"documentId":"users","query":"{ __typename }"}`, untrusted],
    ['as a member of another kind', `{"documentId":"users","query":["{ __typename }"]}`, { status: 400 }],
    ['in a batch', `[{"query":"{ __typename }"}]`, { status: 400 }],
    ['in a text', JSON.stringify('{"query":"{ __typename }"}'), { status: 400 }],
    ['after two byte-order marks', '\uFEFF\uFEFF{"query":"{ __typename }"}', { status: 400 }],
    ['with no name and no text', '{"variables":{}}', { status: 400 }],
  ])('does not slip through %s', async (_what, body, outcome) => {
    const { url } = await start({ users });
    const answer = await send(url, json(body));
    expect(answer).toMatchObject(outcome);
    expect(answer.body).not.toHaveProperty('data.__typename');
  });

  it('does not slip through as one of two in an address', async () => {
    const { url } = await start({ users });
    const [trusted, other] = [users, '{ __typename }'].map(query =>
      new URLSearchParams({ query }).toString(),
    );
    for (const query of [`${trusted}&${other}`, `${other}&${trusted}`]) {
      expect(await send(url, { method: 'GET', path: `/graphql?${query}` })).toMatchObject({
        status: 400,
        body: { errors: [{ message: 'The address has more than one parameter "query".' }] },
      });
    }
  });
});

it('a trusted document does not run by the id of another one', async () => {
  const { url } = await start({ users, create });
  const mismatch = {
    status: 400,
    body: { errors: [{ extensions: { code: 'PERSISTED_QUERY_HASH_MISMATCH' } }] },
  };
  expect(await send(url, post({ query: users, documentId: 'create' }))).toMatchObject(mismatch);
  expect(await send(url, post({ query: users, extensions: persistedQuery(sha256(create)) }))).toMatchObject(
    mismatch,
  );
});

it('a trusted document is held to scopes, costs and the choice of introspection like any other', async () => {
  const introspect = '{ __schema { queryType { name } } }';
  const { url } = await start({ introspect }, { INTROSPECTION: 'off' });
  expect(await send(url, post({ documentId: 'introspect' }))).toMatchObject({
    status: 400,
    body: { errors: [{ extensions: { code: 'INTROSPECTION_DISABLED' } }] },
  });
});

it('trusted documents are parsed and validated at the start', async () => {
  const documents = new KnownDocuments();
  const { limits } = readConfig({});
  const schema = buildSchema('type Query { one: Int }');
  const trusted = await trustedFile('{"one": "{ one }"}');
  await openDocuments({ automatic: 'on', trustedFile: trusted }, { schema, limits, documents });
  expect(documents.getValid('{ one }')).toMatchObject({ kind: 'Document' });
});

describe('a file of trusted documents that is wrong ends the start', () => {
  const manifest = 'it must be an object of texts by their ids, or an Apollo manifest.';
  const apollo = 'it is not version 1 of an Apollo manifest, whose operations each have an id and a body.';
  const format = 'apollo-persisted-query-manifest';
  it.each<[string, object | string, readonly string[]]>([
    ['that is not JSON', '{', ['it is not JSON.']],
    ['that is a list', [], [manifest]],
    ['whose documents are no texts', { a: { query: users } }, [manifest]],
    ['of another version', { format, version: 2, operations: [] }, [apollo]],
    ['without operations', { format, version: 1 }, [apollo]],
    ['with an operation that has no body', { format, version: 1, operations: [{ id: 'a' }] }, [apollo]],
    [
      'with two operations of one id',
      { format, version: 1, operations: [users, create].map(body => ({ id: 'a', body })) },
      ['the document "a" has the id of another one.'],
    ],
    [
      'with a hash of another document',
      { [sha256(users)]: create, [`sha256:${sha1(create)}`]: create },
      [
        `the document "${sha256(users)}" has another SHA-256 than its id.`,
        `the document "sha256:${sha1(create)}" has another SHA-256 than its id.`,
      ],
    ],
    [
      'with a hash of another document in other cases',
      {
        [sha256(users).toUpperCase()]: create,
        [`sha256:${sha256(users).toUpperCase()}`]: create,
        [`SHA256:${sha256(users)}`]: create,
        'Sha256:users': users,
        [sha256(create).toUpperCase()]: create,
      },
      [
        `the document "${sha256(users).toUpperCase()}" has another SHA-256 than its id.`,
        `the document "sha256:${sha256(users).toUpperCase()}" has another SHA-256 than its id.`,
        `the document "SHA256:${sha256(users)}" has another SHA-256 than its id.`,
        'the document "Sha256:users" has another SHA-256 than its id.',
      ],
    ],
    [
      'with documents that cannot run',
      { a: '{ userz }', b: '{', c: users, d: `{ ${'a: __typename '.repeat(26)} }` },
      [
        'the document "a" is not valid: Cannot query field "userz" on type "Query".',
        'the document "b" cannot be used: Syntax Error: Expected Name, found <EOF>.',
        'the document "d" cannot be used: The document is too large: it has 26 top-level fields, and may have 25.',
      ],
    ],
  ])('%s', async (_what, content, flaws) => {
    const file = await trustedFile(typeof content === 'string' ? content : JSON.stringify(content));
    await expect(startTestGateway({ TRUSTED_DOCUMENTS: file })).rejects.toMatchObject({
      name: 'StartupError',
      lines: flaws.map(flaw => `TRUSTED_DOCUMENTS=${JSON.stringify(file)} is wrong: ${flaw}`),
    });
  });

  it('that is not there', async () => {
    await expect(startTestGateway({ TRUSTED_DOCUMENTS: '/nowhere/documents.json' })).rejects.toMatchObject({
      name: 'StartupError',
      lines: ['TRUSTED_DOCUMENTS="/nowhere/documents.json" is wrong: it cannot be read (ENOENT).'],
    });
  });
});
