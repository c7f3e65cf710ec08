/** What a gateway shows of itself: GraphiQL and the description of its schema. */
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());

const disabled = {
  status: 400,
  body: {
    errors: [
      {
        message: 'This gateway does not describe its schema: "__schema" and "__type" are switched off.',
        extensions: { code: 'INTROSPECTION_DISABLED' },
      },
    ],
  },
};

async function start(env: NodeJS.ProcessEnv) {
  const gateway = await startTestGateway(env);
  onTestFinished(() => gateway.stop());
  const url = `http://127.0.0.1:${new URL(gateway.url).port}`;
  const authorization = `Bearer ${await issuer.token({ scope: '*' })}`;
  return {
    page: async () => {
      const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
      const { status, headers } = await send(url, { method: 'GET', headers: { accept } });
      return { status, type: headers['content-type'] };
    },
    ask: (query: string, headers = {}) =>
      send(url, json(JSON.stringify({ query }), { authorization, ...headers })),
    get: (query: string) =>
      send(url, {
        method: 'GET',
        path: `/graphql?${new URLSearchParams({ query })}`,
        headers: { authorization },
      }),
  };
}

const shown = { status: 200, type: 'text/html; charset=utf-8' };

describe('GraphiQL and introspection', () => {
  it.each<[string, () => NodeJS.ProcessEnv, boolean, boolean]>([
    ['are there for everybody on this machine', () => ({}), true, true],
    ['are there for everybody where that was chosen', () => ({ HOST: '0.0.0.0', AUTH: 'none' }), true, true],
    ['are there with tokens on this machine', () => issuer.env, true, true],
    ['are not there with tokens where others come', () => ({ ...issuer.env, HOST: '0.0.0.0' }), false, false],
    [
      'are there with tokens where others come, if that was chosen',
      () => ({ ...issuer.env, HOST: '0.0.0.0', GRAPHIQL: 'on', INTROSPECTION: 'on' }),
      true,
      true,
    ],
    ['can be switched off one by one', () => ({ GRAPHIQL: 'off' }), false, true],
    ['can be switched off the other way round', () => ({ INTROSPECTION: 'off' }), true, false],
  ])('%s', async (_case, env, graphiql, introspection) => {
    const { page, ask } = await start(env());
    const visited = await page();
    if (graphiql) expect(visited).toEqual(shown);
    else expect([visited.status, visited.type]).not.toEqual(Object.values(shown));
    const answer = { status: 200, body: { data: { __schema: {} } } };
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(await ask(getIntrospectionQuery())).toMatchObject(introspection ? answer : disabled);
    }
  });
});

describe('introspection that is switched off', () => {
  it.each([
    ['__schema', '{ __schema { queryType { name } } }'],
    ['__type', '{ __type(name: "Query") { name } }'],
    ['another name', '{ a: __schema { queryType { name } } }'],
    [
      'a fragment',
      'query { ...Q } fragment Q on Query { ...R } fragment R on Query { __type(name: "ID") { name } }',
    ],
    ['an inline fragment', '{ ... on Query { ... @include(if: true) { __schema { queryType { name } } } } }'],
    ['beside other fields', '{ providers { id } __schema { queryType { name } } }'],
  ])('is refused by %s, new and known, by POST and by GET', async (_what, query) => {
    const { ask, get } = await start({ INTROSPECTION: 'off' });
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(await ask(query)).toMatchObject(disabled);
      expect(await get(query)).toMatchObject(disabled);
      expect(await ask(query, { accept: 'application/graphql-response+json' })).toMatchObject(disabled);
    }
  });

  it('leaves the names of types', async () => {
    const { ask } = await start({ INTROSPECTION: 'off' });
    expect(await ask('{ __typename providers { __typename } }')).toMatchObject({
      status: 200,
      body: { data: { __typename: 'Query' } },
    });
  });
});
