/** How many calls to AWS an operation is counted for, held to how many it took. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { encodeGlobalId } from '../../src/schema/global-id.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import { documentsOf, finderOf, nodeTypes } from '../support/everything.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { json as jsonAnswer, startRecordingServer } from '../support/recording-server.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const account = '6f1c2d3e-4b5a-4c6d-8e7f-901234567890';
const create = (n: number, select: string) =>
  `u${n}: createIdentityStoreUser(input: {userName: "cost-${n}", displayName: "C", name: {givenName: "C", familyName: "${n}"}}) {
    ... on CreateIdentityStoreUserSuccess { user { ${select} } } }`;

/** Documents, with their variables, what they are counted for, and what they take on the demo world. */
const documents: readonly [
  what: string,
  document: string,
  counted: number,
  taken: number,
  variables?: object,
][] = [
  ['nothing of AWS', '{ providers { id } }', 0, 0],
  ['a list at AWS’s page size', '{ identityStoreUsers(first: 100) { edges { node { id } } } }', 1, 1],
  ['a list of ten pages', '{ identityStoreUsers(first: 1000) { edges { node { id } } } }', 10, 1],
  [
    'a list by a variable',
    'query ($n: Int) { identityStoreUsers(first: $n) { edges { node { id } } } }',
    3,
    1,
    { n: 201 },
  ],
  ['whole things of a list', '{ identityStoreUsers { edges { node { id createdAt updatedAt } } } }', 1, 1],
  [
    'parts of a list',
    '{ rekognitionCollections(first: 5) { edges { node { faceCount userCount } } } }',
    6,
    3,
  ],
  [
    'parts of a list in fragments, and a list below each',
    `{ rekognitionCollections(first: 5) { edges { ...E } } }
     fragment E on RekognitionCollectionEdge { node { ... on Node { id } ...C users(first: 1000) { edges { node { id } } } } }
     fragment C on RekognitionCollection { collectionArn }`,
    16,
    5,
  ],
  [
    'a list below a look-up',
    '{ rekognitionCollection(collectionId: "employees") { faceCount users(first: 10) { edges { node { id } } } } }',
    2,
    2,
  ],
  ['a look-up by what AWS looks up', '{ identityStoreUser(by: {userName: "ada"}) { id createdAt } }', 2, 2],
  [
    'a look-up by one of two ways',
    `{ chimeUser(accountId: "${account}", by: {email: "x@example.com"}) { id } }`,
    2,
    1,
  ],
  ['a change', `mutation { ${create(1, 'id')} }`, 1, 1],
  [
    'a change and what its answer lacks',
    `mutation { ${create(2, 'createdAt createdBy')} ${create(3, 'id')} }`,
    3,
    3,
  ],
];

function asked(): number {
  return gateway.localAws.requests.list().length;
}

const headers = { 'vestibule-extensions': 'quota, cost' };

/** The global id of a Rekognition user. */
const user = (collection: string, name: string) => encodeGlobalId('RekognitionUser', `${collection}/${name}`);

describe('the calls to AWS that an operation can take', () => {
  it.each(documents)('are told when asked for, and are no fewer than it takes: %s', async (...given) => {
    const [, query, counted, taken, variables] = given;
    const sent = json(JSON.stringify({ query, variables }), headers);
    for (let sight = 1; sight <= 2; sight += 1) {
      const before = asked();
      const { body } = await send(gateway.url, sent);
      expect(body).toMatchObject({ data: {}, extensions: { cost: { upstreamCalls: counted } } });
      const happened = asked() - before;
      expect(happened).toBeLessThanOrEqual(counted);
      // A create that is repeated is refused, and so reads nothing back.
      if (sight === 1) expect(happened).toBe(taken);
    }
  });

  it('count each id, and one more page for a cursor', async () => {
    const page = '{ identityStoreUsers(first: 2) { edges { cursor node { id } } } }';
    const { data } = await gateway.query(page);
    const [{ cursor, node }] = data.identityStoreUsers.edges;
    const next = `query ($after: String, $ids: [ID!]!) {
      identityStoreUsers(first: 3, after: $after) { edges { node { id } } } nodes(ids: $ids) { id } node(id: "${node.id}") { id } }`;
    const ids = data.identityStoreUsers.edges.map((edge: { node: { id: string } }) => edge.node.id);
    const before = gateway.localAws.requests.list().length;
    const { body } = await send(
      gateway.url,
      json(JSON.stringify({ query: next, variables: { after: cursor, ids } }), headers),
    );
    expect(body).toMatchObject({ extensions: { cost: { upstreamCalls: 5 } } });
    expect(gateway.localAws.requests.list().length - before).toBeLessThanOrEqual(5);
  });

  it('are no fewer than those of any example takes, with all that can be asked for', async () => {
    const free = await startTestGateway({ MAX_UPSTREAM_CALLS: '1000000', AUDIT: 'stdout' });
    onTestFinished(() => free.stop());
    const ids = new Map<string, string>();
    for (const { name } of nodeTypes) {
      const finder = finderOf(name);
      ids.set(name, (await free.query(finder.call('{ id }'))).data[finder.name].id);
    }
    const costly: string[] = [];
    for (const query of [...documentsOf('query', ids), ...documentsOf('mutation', ids)]) {
      free.localAws.reset();
      const { body } = await send(free.url, json(JSON.stringify({ query }), headers));
      const { errors, extensions } = body as {
        errors?: unknown;
        extensions: { cost: { upstreamCalls: number } };
      };
      expect({ query, errors }).toEqual({ query });
      const taken = free.calls();
      if (taken.length > extensions.cost.upstreamCalls) costly.push(`${query}: ${taken.join(', ')}`);
    }
    expect(costly).toEqual([]);
  });

  const pages = 20;

  it.each<[what: string, document: string, counted: number, variables?: object]>([
    ['a look-up', '{ rekognitionUser(collectionId: "employees", userId: "x") { id } }', pages],
    ['an id', `{ node(id: "${user('employees', 'x')}") { id } }`, pages],
    [
      'ids of two collections',
      `{ nodes(ids: ["${user('a', 'x')}", "${user('a', 'y')}", "${user('b', 'x')}"]) { id } }`,
      2 * pages,
    ],
    [
      'ids in a variable, one of another type',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      pages + 1,
      { ids: [user('a', 'x'), user('a', 'y'), encodeGlobalId('ChimeAccount', account)] },
    ],
    [
      'an id in a variable within a list',
      'query ($id: ID!) { nodes(ids: [$id, "nonsense"]) { id } }',
      pages + 1,
      { id: encodeGlobalId('ChimeAccount', account) },
    ],
  ])('are those of the longest list of users in %s', async (_what, query, counted, variables) => {
    const { body } = await send(gateway.url, json(JSON.stringify({ query, variables }), headers));
    expect(body).toMatchObject({ extensions: { cost: { upstreamCalls: counted } } });
  });

  it('are as many as it takes to give up on a list of users that goes on', async () => {
    let page = 0;
    const endless = await startRecordingServer((request, response) => {
      page += 1;
      jsonAnswer({ Users: [{ UserId: `user-${page}`, UserStatus: 'CREATED' }], NextToken: `page-${page}` })(
        request,
        response,
      );
    });
    const far = await startGatewayOn(endless.url);
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await far.stop();
      await endless.stop();
    });
    const query = `{ a: rekognitionUser(collectionId: "employees", userId: "user-${pages}") { userId }
      b: rekognitionUser(collectionId: "employees", userId: "user-${pages + 1}") { userId } }`;
    const { body } = await send(far.url, json(JSON.stringify({ query }), headers));
    expect(body).toEqual({
      data: { a: { userId: `user-${pages}` }, b: null },
      errors: [
        {
          message:
            'The user is not among the first 10,000 of the collection "employees", and AWS has no call that finds one. Read the collection\'s users as a list.',
          path: ['b'],
          locations: [expect.anything()],
          extensions: {
            code: 'PROVIDER_FAILURE',
            providerCode: null,
            requestId: null,
            retryable: false,
            outcomeUnknown: false,
          },
        },
      ],
      extensions: { cost: { upstreamCalls: 2 * pages, databaseReads: 0 }, quota: [] },
    });
    expect(endless.requests).toHaveLength(pages);
  });

  it('are told to nobody else', async () => {
    expect(
      await gateway.query('{ identityStoreUsers { edges { node { __typename } } } }'),
    ).not.toHaveProperty('extensions');
  });

  it('may be as many as the operator says, on every sight of the document', async () => {
    const strict = await startTestGateway({ MAX_UPSTREAM_CALLS: '2' });
    onTestFinished(() => strict.stop());
    const query =
      'query ($first: Int) { identityStoreUsers(first: $first) { edges { node { __typename } } } }';
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(await strict.query(query, { first: 201 })).toEqual({
        errors: [
          {
            message:
              'The operation is too expensive: it can take 3 calls to AWS, and may take 2. Ask for fewer entries of lists with `first`, or have MAX_UPSTREAM_CALLS raised.',
            extensions: { code: 'OPERATION_TOO_EXPENSIVE', limit: 'upstreamCalls', maximum: 2, actual: 3 },
          },
        ],
      });
      expect((await strict.query(query, { first: 200 })).errors).toBeUndefined();
    }
  });

  it.each<[what: string, document: string, actual: number | undefined]>([
    [
      'the first batch, whose items do not count',
      'mutation ($a: I!) { a: addUsersToGroup(input: $a) { __typename } }',
      undefined,
    ],
    [
      'a second batch, whose items do',
      'mutation ($a: I!) { a: addUsersToGroup(input: $a) { __typename } b: addUsersToGroup(input: $a) { __typename } }',
      3,
    ],
    [
      'what is asked for of each outcome of the first batch',
      `mutation ($a: I!) { a: addUsersToGroup(input: $a) { ... on AddUsersToGroupSuccess {
        outcomes { ... on AddUserToGroupSucceeded { membership { createdAt } } } } } }`,
      3,
    ],
  ])('of batches, are held to it as they are asked for beyond it: %s', async (_what, document, actual) => {
    const strict = await startTestGateway({ MAX_UPSTREAM_CALLS: '2' });
    onTestFinished(() => strict.stop());
    const userIds = ['a', 'b', 'c'];
    const query = document.replaceAll('I!', 'AddUsersToGroupInput!');
    const { errors } = await strict.query(query, { a: { groupId: 'none', userIds } });
    expect(errors?.map(({ extensions }) => extensions?.['actual'])).toEqual(actual && [actual]);
  });
});
