/** What is refused for its document, or for what that would take. */
import { sha256 } from '../../../src/persisted/store.ts';
import { queryOf, withBody, withPersistedQuery } from '../changed-requests.ts';
import type { Cases } from './case.ts';

export const documents: Cases = {
  introspection: {
    spoil: sent =>
      withBody(sent, '{"query":"{ ...Deep } fragment Deep on Query { __type(name: \\"ID\\") { name } }"}'),
    refusal: {
      status: 400,
      code: 'INTROSPECTION_DISABLED',
      message: 'This gateway does not describe its schema: "__schema" and "__type" are switched off.',
    },
  },
  'the version of the persisted query': {
    spoil: sent => withPersistedQuery(sent, { version: 2, sha256Hash: sha256(queryOf(sent)) }),
    refusal: { status: 400, code: 'BAD_REQUEST', message: 'Unsupported persisted query version' },
  },
  'the persisted document': {
    spoil: sent => withBody(sent, '{"documentId":"nothing"}'),
    refusal: { status: 200, code: 'PERSISTED_QUERY_NOT_FOUND', message: 'PersistedQueryNotFound' },
  },
  'the hash of the document': {
    spoil: sent => withPersistedQuery(sent, { version: 1, sha256Hash: sha256('{ __typename }') }),
    refusal: {
      status: 400,
      code: 'PERSISTED_QUERY_HASH_MISMATCH',
      message: 'provided sha does not match query',
    },
  },
  'the trusted documents': {
    documents: sent => [queryOf(sent)],
    spoil: sent => withBody(sent, String(sent.body).replace('__typename }', '__typename  }')),
    refusal: {
      status: 403,
      code: 'QUERY_NOT_IN_SAFELIST',
      message:
        'Only trusted documents run here, and this is none of them. They stand in the file of TRUSTED_DOCUMENTS; without it, every document runs.',
    },
  },
  'the calls to AWS': {
    spoil: sent => {
      const query = 'query Ids($ids: [ID!]!) { nodes(ids: $ids) { __typename } }';
      return withBody(
        sent,
        JSON.stringify({ query, variables: { ids: Array.from({ length: 3_001 }, () => 'some-id') } }),
      );
    },
    refusal: {
      status: 400,
      code: 'OPERATION_TOO_EXPENSIVE',
      message:
        'The operation is too expensive: it can take 3001 calls to AWS, and may take 3000. Ask for fewer entries of lists with `first`, or have MAX_UPSTREAM_CALLS raised.',
      facts: { limit: 'upstreamCalls', maximum: 3_000, actual: 3_001 },
    },
  },
  'the reads of the database': {
    spoil: sent => {
      const query = `query Jobs($first: Int!) { jobs(first: $first) { edges { node { counts { total } ...Rows } } } }
        fragment Rows on Job { a: rows(first: 1) { edges { cursor } } }`;
      return withBody(sent, JSON.stringify({ query, variables: { first: 750 } }));
    },
    refusal: {
      status: 400,
      code: 'OPERATION_TOO_EXPENSIVE',
      message:
        "The operation is too expensive: it can read the gateway's database 1501 times, and may do so 1500 times. Ask for fewer entries of lists with `first`, or have MAX_DATABASE_READS raised.",
      facts: { limit: 'databaseReads', maximum: 1_500, actual: 1_501 },
    },
  },
  'the members of objects in the variables': {
    spoil: sent => {
      const query = `mutation New($input: CreateIdentityStoreUserInput!) { createIdentityStoreUser(input: $input) { __typename } }`;
      const input = Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`m${n}`, 1]));
      return withBody(sent, JSON.stringify({ query, variables: { input } }));
    },
    refusal: {
      status: 400,
      code: 'OPERATION_TOO_LARGE',
      message: 'The variables are too large: one of their objects has 1001 members, and may have 1000.',
      facts: { limit: 'variableMembers', maximum: 1_000, actual: 1_001 },
    },
  },
  'the values of the answer': {
    spoil: sent => {
      const fields = Array.from({ length: 99 }, (_, n) => `a${n}: id`).join(' ');
      const query = `query Users($first: Int!) { identityStoreUsers(first: $first) { edges { node { ${fields} } } } }`;
      return withBody(sent, JSON.stringify({ query, variables: { first: 1_000 } }));
    },
    refusal: {
      status: 400,
      code: 'OPERATION_TOO_LARGE',
      message: 'The operation is too large: its answer can have 101001 values, and may have 100000.',
      facts: { limit: 'values', maximum: 100_000, actual: 101_001 },
    },
  },
};
