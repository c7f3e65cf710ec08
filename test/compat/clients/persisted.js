// Documents that clients name: by the files that their tools write, and by Apollo's protocol without any file.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core/index.js';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries/index.js';
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { withGateway } from './gateway.js';

const sha256 = text => createHash('sha256').update(text).digest('hex');

const read = file => JSON.parse(readFileSync(`generated/${file}`, 'utf8'));

/** A fetch that takes down of each request its method, and whether a document was sent with it. */
function notingFetch() {
  const sent = [];
  return {
    sent,
    fetch: (url, options = {}) => {
      const { method = 'GET', body = '' } = options;
      const text = method === 'GET' ? new URL(url).searchParams.get('query') : JSON.parse(body).query;
      sent.push(`${method}${text ? ' with its document' : ''}`);
      return fetch(url, options);
    },
  };
}

function apollo(uri, options) {
  const { sent, fetch } = notingFetch();
  const link = new PersistedQueryLink(options).concat(new HttpLink({ uri, fetch }));
  return { sent, client: new ApolloClient({ cache: new InMemoryCache(), link }) };
}

/** What the clients ask, by the names of the files that codegen and Apollo's tool read. */
export const documents = {
  users: 'query Users { identityStoreUsers { edges { node { createdAt extensions } } } }',
  create: `mutation Create($userId: String!) {
    createRekognitionUser(input: { collectionId: "employees", userId: $userId }) { __typename }
  }`,
};

const query = gql(documents.users);
const mutation = gql(documents.create);

function assertUsers({ data, error }) {
  assert.equal(error, undefined);
  assert.ok(data.identityStoreUsers.edges.length > 0);
}

async function runBoth({ client, sent }) {
  assertUsers(await client.query({ query, fetchPolicy: 'no-cache' }));
  assertUsers(await client.query({ query, fetchPolicy: 'no-cache' }));
  const { data } = await client.mutate({ mutation, variables: { userId: `apollo-${sent.length}` } });
  assert.equal(data.createRekognitionUser.__typename, 'CreateRekognitionUserSuccess');
}

/** What the file of documents has for the operation of this name. */
function entryOf(file, name) {
  const entry = Object.entries(file).find(([, text]) => text.includes(name));
  assert.ok(entry, `${name} is not in the file.`);
  return entry;
}

export const persistedChecks = {
  "Apollo Client's persisted queries, without a file": () =>
    withGateway({}, async url => {
      const byPost = apollo(url, { sha256 });
      await runBoth(byPost);
      const byHash = ['POST', 'POST with its document'];
      assert.deepEqual(byPost.sent, [...byHash, 'POST', ...byHash]);
      const byGet = apollo(url, { sha256, useGETForHashedQueries: true });
      await runBoth(byGet);
      assert.deepEqual(byGet.sent, ['GET', 'GET', 'POST']);
    }),
  'Apollo Client sends its documents where they cannot be named': () =>
    withGateway({ PERSISTED_QUERIES: 'off' }, async url => {
      const asking = apollo(url, { sha256 });
      await runBoth(asking);
      assert.deepEqual(asking.sent, ['POST', ...Array(3).fill('POST with its document')]);
    }),
  "urql's persisted queries, without a file": () =>
    withGateway({}, async url => {
      const { sent, fetch } = notingFetch();
      const client = new Client({ url, fetch, exchanges: [persistedExchange(), fetchExchange] });
      // urql takes a document for one of the same text that it has seen, which is not codegen's below.
      for (let sight = 1; sight <= 2; sight += 1) {
        const { data } = await client.query('query Names { providers { name } }', {}).toPromise();
        assert.ok(data.providers.length > 0);
      }
      assert.deepEqual(sent, ['GET', 'GET with its document', 'GET']);
    }),
  "Apollo's manifest": () => {
    const config = { documents: 'generated/documents/*.graphql', output: 'generated/apollo.json' };
    writeFileSync('generated/apollo.config.json', JSON.stringify(config));
    const tool = 'node_modules/@apollo/generate-persisted-query-manifest/cli.js';
    execFileSync(process.execPath, [tool, '--config', 'generated/apollo.config.json'], { stdio: 'pipe' });
    return withGateway({ TRUSTED_DOCUMENTS: 'generated/apollo.json' }, async url => {
      const ids = generatePersistedQueryIdsFromManifest({ loadManifest: async () => read('apollo.json') });
      const naming = apollo(url, ids);
      await runBoth(naming);
      assert.deepEqual(naming.sent, ['POST', 'POST', 'POST']);
    });
  },
  "codegen's persisted documents, by urql": () =>
    withGateway({ TRUSTED_DOCUMENTS: 'generated/client/persisted-documents.json' }, async url => {
      const { UsersDocument, CreateDocument } = await import('./generated/client/graphql.ts');
      const { sent, fetch } = notingFetch();
      const persisted = persistedExchange({
        enforcePersistedQueries: true,
        enableForMutation: true,
        preferGetForPersistedQueries: false,
        generateHash: async (_text, document) => document['__meta__'].hash,
      });
      const client = new Client({ url, fetch, exchanges: [persisted, fetchExchange] });
      assertUsers(await client.query(UsersDocument, {}).toPromise());
      const { data } = await client.mutation(CreateDocument, { userId: 'urql' }).toPromise();
      assert.equal(data.createRekognitionUser.__typename, 'CreateRekognitionUserSuccess');
      assert.deepEqual(sent, ['POST', 'POST']);
    }),
  "relay-compiler's persisted map": () =>
    withGateway({ TRUSTED_DOCUMENTS: 'generated/relay/persisted.json' }, async url => {
      const [documentId, text] = entryOf(read('relay/persisted.json'), 'query collectionUsersQuery');
      assert.equal(documentId, sha256(text));
      const variables = { id: 'nonsense' };
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ documentId, variables }),
      });
      const { errors } = await response.json();
      assert.deepEqual([response.status, errors[0].path], [200, ['node']]);
    }),
};
