/** The errors of answers: what they tell, and what they keep to themselves. */
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createSchema } from 'graphql-yoga';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ThrottledError } from '../../src/errors.ts';
import { providers } from '../../src/providers/index.ts';
import { openAccess } from '../support/access.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { startServer } from '../support/server.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ PROVIDERS: 'rekognition,identity-store' });
});
afterAll(() => gateway.stop());

const globalId = (text: string) => Buffer.from(text).toString('base64url');

describe('errors in documents', () => {
  it.each([
    ['{ nodes(ids: [] }', 'GRAPHQL_PARSE_FAILED', 'Syntax Error: Expected Name, found "}".'],
    ['{ user }', 'GRAPHQL_VALIDATION_FAILED', 'Cannot query field "user" on type "Query".'],
    [
      'query A { __typename } query B { __typename }',
      'OPERATION_RESOLUTION_FAILURE',
      'Must provide operation name if query contains multiple operations.',
    ],
    ['fragment F on Query { __typename }', 'OPERATION_RESOLUTION_FAILURE', 'Must provide an operation.'],
    ['subscription { x }', 'GRAPHQL_VALIDATION_FAILED', 'Cannot query field "x" on type "Subscription".'],
  ])('have a code: %s', async (document, code, message) => {
    const { errors } = await gateway.query(document);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toEqual({ code });
    expect(errors?.[0]?.message).toBe(message);
  });

  it('have a code when a variable is of the wrong type', async () => {
    const document =
      'query Q($id: ID!, $first: Int) { node(id: $id) { id } identityStoreUsers(first: $first) { pageInfo { endCursor } } }';
    expect(await gateway.query(document, { first: 'many' })).toMatchObject({
      errors: [
        {
          message: 'Variable "$id" of required type "ID!" was not provided.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
        {
          message:
            'Variable "$first" got invalid value "many"; Int cannot represent non-integer value: "many"',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
  });
});

describe('a variable with something wrong in it', () => {
  const secret = 'planted-secret';
  const user = { userName: secret, displayName: secret };
  const place = 'input.source.rows[1]';
  const row = 'ImportIdentityStoreUsersRow';

  it.each([
    [
      'an unknown member',
      { ...user, nickname: secret },
      ` {…} at "${place}"; Expected value of type "${row}" not to include unknown field "nickname". Did you mean "nickName", "name", or "userName"? Found: {…}`,
    ],
    [
      'an unknown member that has much of a known one',
      { ...user, 'x: ; at "input.source" { \'': secret },
      ` {…} at "${place}"; Expected value of type "${row}" not to include unknown field "x: ; at "input.source" { '", found: {…}`,
    ],
    [
      'an object without what it must have',
      { ...user, photos: [{ display: secret }] },
      ` {…} at "${place}.photos[0]"; Expected value of type "IdentityStorePhotoInput" to include required field "value", found: {…}`,
    ],
    [
      'two alternatives',
      { ...user, groups: [{ displayName: secret, groupId: secret }] },
      ` {…} at "${place}.groups[0]"; Within OneOf Input Object type "IdentityStoreGroupReference", exactly one field must be specified, and the value for that field must be non-null.`,
    ],
    [
      'an object in the place of a text',
      { ...user, title: { a: secret } },
      ` {…} at "${place}.title"; String cannot represent a non string value: {…}`,
    ],
    [
      'a list in the place of an object',
      { ...user, name: [secret] },
      ` […] at "${place}.name"; Expected value of type "IdentityStoreNameInput" to be an object, found: […]`,
    ],
    ['a text in the place of an object', { ...user, name: 'mine' }, ` "mine" at "${place}.name"; `],
  ])('is told of without what is beside it: %s', async (_what, wrong, words) => {
    const document = `mutation ($input: ImportIdentityStoreUsersInput!) { importIdentityStoreUsers(input: $input) { __typename } } # ${words.length}`;
    const variables = { input: { source: { rows: [user, wrong] } } };
    for (const sight of [1, 2]) {
      const { errors } = await gateway.query(document, variables);
      const messages = errors?.map(({ message }) => message) ?? [];
      expect([sight, messages]).toEqual([
        sight,
        [expect.stringContaining(`Variable "$input" got invalid value${words}`)],
      ]);
      expect(messages.join()).not.toContain(secret);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});

describe('ids in variables that are none', () => {
  const wrong = [undefined, null, true, {}, { kind: 'StringValue', value: 5 }];

  it.each([
    ...wrong.map(id => ['query ($id: ID!) { node(id: $id) { id } }', { id }] as const),
    ...[...wrong, [null], [{}]].map(
      ids => ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }] as const,
    ),
    ...wrong.slice(1).map(id => ['query ($id: ID!) { nodes(ids: [$id]) { id } }', { id }] as const),
  ])('are refused by their types, in %s with %j', async (query, variables) => {
    const answer = await send(gateway.url, json(JSON.stringify({ query, variables })));
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
  });
});

const noText = (type: string) => `Expected "operationName" param to be empty or a string, but given ${type}.`;

describe('the choice of an operation', () => {
  const unresolved = 'OPERATION_RESOLUTION_FAILURE';
  const several = 'Must provide operation name if query contains multiple operations.';

  it.each([
    [{}, several, unresolved],
    [{ operationName: null }, several, unresolved],
    [{ operationName: 'C' }, 'Unknown operation named "C".', unresolved],
    [{ operationName: '' }, several, unresolved],
    [{ operationName: 1 }, noText('number'), 'BAD_REQUEST'],
    [{ operationName: false }, noText('boolean'), 'BAD_REQUEST'],
    [{ operationName: ['A'] }, noText('array'), 'BAD_REQUEST'],
    [{ operationName: { A: 1 } }, noText('object'), 'BAD_REQUEST'],
  ])(
    'says what is wrong with %o, at the first sight of a document and the second',
    async (choice, message, code) => {
      const query = `query A { __typename } query B { __typename } # ${JSON.stringify(choice)}`;
      for (const accept of ['application/json', 'application/graphql-response+json']) {
        const refused = json(JSON.stringify({ query, ...choice }), { accept });
        const answers = [await send(gateway.url, refused)];
        const known = json(JSON.stringify({ query, operationName: 'A' }));
        expect(await send(gateway.url, known)).toMatchObject({ status: 200 });
        answers.push(await send(gateway.url, refused));
        const expected = { status: 400, body: { errors: [{ message, extensions: { code } }] } };
        expect(answers).toMatchObject([expected, expected]);
      }
    },
  );

  it.each(['{ __typename }', 'query Named { __typename }'])(
    'takes an empty name for none, and executes the only operation of %s',
    async text => {
      const query = `${text} # whose name is empty`;
      const path = `/graphql?${new URLSearchParams({ query, operationName: '' })}`;
      const post = json(JSON.stringify({ query, operationName: '' }));
      for (const request of [post, post, { method: 'GET', path }]) {
        const answer = await send(gateway.url, request);
        expect(answer).toMatchObject({ status: 200, body: { data: { __typename: 'Query' } } });
      }
    },
  );

  it('says the same by GET', async () => {
    const query = encodeURIComponent('query A { __typename } query B { __typename }');
    for (const [name, message] of [
      ['', several],
      ['&operationName=', several],
      ['&operationName=C', 'Unknown operation named "C".'],
    ]) {
      const answer = await send(gateway.url, { method: 'GET', path: `/graphql?query=${query}${name}` });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ message }] } });
    }
  });
});

describe('refusals of queries', () => {
  it('carry the facts of the error type as extensions, beside what other fields found', async () => {
    const answer = await gateway.query(`{
      rekognitionUser(collectionId: "no spaces", userId: "") { id }
      providers { id }
    }`);
    expect(answer).toEqual({
      data: {
        rekognitionUser: null,
        providers: providers.map(({ id }) => ({ id })),
      },
      errors: [
        {
          message:
            'collectionId may contain only letters, digits, "_", "." and "-". userId must not be empty.',
          locations: [{ line: 2, column: 7 }],
          path: ['rekognitionUser'],
          extensions: {
            code: 'INVALID_INPUT',
            providerCode: null,
            requestId: null,
            retryable: false,
            issues: [
              {
                path: ['collectionId'],
                message: 'collectionId may contain only letters, digits, "_", "." and "-".',
              },
              { path: ['userId'], message: 'userId must not be empty.' },
            ],
          },
        },
      ],
    });
  });
});

/** The error for one of several ids, of a type that is not served. */
const refusal = (index: number) => {
  const message = `ids.${index} is not of a type that this gateway serves.`;
  const issues = [{ path: ['ids', String(index)], message }];
  return { message, path: ['nodes', index], extensions: { code: 'INVALID_INPUT', issues } };
};

describe('global ids', () => {
  it.each([
    ['garbage', 'id must be a global id that this API gave out.'],
    ['', 'id must be a global id that this API gave out.'],
    [globalId('RekognitionUser:employees'), 'id must be a global id that this API gave out.'],
    [globalId('Nobody:1'), 'id is not of a type that this gateway serves.'],
    [globalId('Provider:rekognition'), 'id is not of a type that this gateway serves.'],
    [globalId('__proto__:1'), 'id is not of a type that this gateway serves.'],
    [globalId('ChimeUser:account/user'), 'id is not of a type that this gateway serves.'],
  ])('are refused by `node` when nothing here gave them out: %s', async (id, message) => {
    const { data, errors } = await gateway.query('query Q($id: ID!) { node(id: $id) { id } }', { id });
    expect({ data, errors }).toMatchObject({
      data: { node: null },
      errors: [
        {
          message,
          path: ['node'],
          extensions: { code: 'INVALID_INPUT', issues: [{ path: ['id'], message }] },
        },
      ],
    });
  });

  it('are refused by `nodes` each by itself', async () => {
    const ids = [globalId('RekognitionUser:employees/ada'), globalId('Nobody:1'), globalId('ChimeUser:a/b')];
    const { errors } = await gateway.query('query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(errors).toMatchObject([refusal(1), refusal(2)]);
  });

  it('are taken by `nodes` up to 100', async () => {
    const ids = Array.from({ length: 100 }, (_, n) => globalId(`RekognitionUser:employees/user-${n}`));
    const document = 'query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(await gateway.query(document, { ids })).toEqual({ data: { nodes: ids.map(() => null) } });
    expect(await gateway.query(document, { ids: [...ids, ids[0]] })).toMatchObject({
      errors: [
        { message: 'ids must have at most 100 entries, and has 101.', extensions: { code: 'INVALID_INPUT' } },
      ],
    });
  });
});

/** The second request for a document takes another way through the server. */
const requestCounts = [1, 2];

/** Serves a schema of the test's own, sends the query so often, and gives the last answer and what it logged. */
async function lastOf(count: number, schema: GraphQLSchema, query: string) {
  const log: Record<string, unknown>[] = [];
  const server = await startServer({
    schema,
    gateway: { statuses: [], connected: new Map(), upstream: () => [], settleTimeoutMs: 0 },
    access: openAccess,
    maxAnswerBytes: 1_000_000,
    logger: pino({ base: null }, { write: line => log.push(JSON.parse(line)) }),
  });
  onTestFinished(() => server.stop());
  const request = json(JSON.stringify({ query }), { 'x-request-id': 'req-1' });
  for (let n = 1; n < count; n += 1) await send(server.url, request);
  log.length = 0;
  return { answer: await send(server.url, request), log };
}

describe('bugs', () => {
  it.each(requestCounts)(
    'show nothing but an id, under which the log has the places in the code and no message, in request %i',
    async count => {
      const schema = createSchema({
        typeDefs: 'type Query { bug: String, wrapped: String, refused: String, fine: String }',
        resolvers: {
          Query: {
            bug: () => {
              throw new Error('the password is hunter2');
            },
            wrapped: () => {
              throw new GraphQLError('outer', { originalError: new TypeError('inner') });
            },
            refused: () => {
              throw new ThrottledError({
                message: 'Too fast.',
                providerCode: 'ThrottlingException',
                requestId: 'aws-1',
                retryAfterSeconds: 3,
              });
            },
            fine: () => 'fine',
          },
        },
      });
      const { answer, log } = await lastOf(count, schema, '{ bug wrapped refused fine }');
      const bug = {
        message: 'Unexpected error.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: 'req-1' },
      };
      expect(answer.body).toEqual({
        data: { bug: null, wrapped: null, refused: null, fine: 'fine' },
        errors: [
          { ...bug, path: ['bug'], locations: [{ line: 1, column: 3 }] },
          { ...bug, path: ['wrapped'], locations: [{ line: 1, column: 7 }] },
          {
            message: 'Too fast.',
            path: ['refused'],
            locations: [{ line: 1, column: 15 }],
            extensions: {
              code: 'THROTTLED',
              providerCode: 'ThrottlingException',
              requestId: 'aws-1',
              retryable: true,
              retryAfterSeconds: 3,
            },
          },
        ],
      });
      expect(log).toMatchObject([
        {
          level: 50,
          requestId: 'req-1',
          field: 'bug',
          err: {
            type: 'Error',
            stack: expect.stringMatching(/^at .*errors\.test\.ts(\?vitest=\d+)?:\d+:\d+/),
          },
        },
        {
          level: 50,
          requestId: 'req-1',
          field: 'wrapped',
          err: { type: 'TypeError', stack: expect.stringContaining('errors.test.ts') },
        },
        {
          level: 30,
          requestId: 'req-1',
          type: 'query',
          outcome: 'bug',
          status: 200,
          errorCodes: ['INTERNAL_SERVER_ERROR', 'INTERNAL_SERVER_ERROR', 'THROTTLED'],
        },
      ]);
      expect(JSON.stringify(log)).not.toMatch(/hunter2|inner/);
    },
  );
});

describe('an answer that cannot be written as JSON', () => {
  it.each(requestCounts)('is an error of the server, in request %i', async count => {
    const schema = createSchema({
      typeDefs: 'scalar Big type Query { big: Big }',
      resolvers: { Query: { big: () => 1n } },
    });
    const { answer, log } = await lastOf(count, schema, '{ big }');
    expect(answer).toMatchObject({
      status: 500,
      body: {
        errors: [
          {
            message: 'Unexpected error.',
            extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: 'req-1' },
          },
        ],
      },
    });
    expect(log).toMatchObject([
      {
        level: 50,
        requestId: 'req-1',
        err: { type: 'TypeError', stack: expect.stringContaining('stringify') },
      },
      {
        level: 30,
        requestId: 'req-1',
        type: 'query',
        status: 500,
        errorCodes: ['INTERNAL_SERVER_ERROR'],
      },
    ]);
  });
});

describe('the log', () => {
  it('names the errors that mutations return, with the ids that AWS Support asks for', async () => {
    const before = gateway.log.length;
    await gateway.query(`mutation {
      createRekognitionUser(input: {collectionId: "employees", userId: "ada"}) { __typename }
      again: createRekognitionUser(input: {collectionId: "employees", userId: ""}) { __typename }
    }`);
    const request = gateway.localAws.requests.list().at(-1);
    expect(gateway.log.slice(before)).toMatchObject([
      {
        type: 'mutation',
        coordinates: ['Mutation.createRekognitionUser'],
        outcome: 'refused',
        status: 200,
        refusals: [
          { code: 'CONFLICT', providerCode: 'ConflictException', awsRequestId: request?.requestId },
          { code: 'INVALID_INPUT', providerCode: null, awsRequestId: null },
        ],
        aws: { attempts: 1, requestIds: [request?.requestId] },
      },
    ]);
  });

  it('has a line for each operation, with nothing of its contents', async () => {
    const before = gateway.log.length;
    await gateway.query(
      'query FindAda($id: String!) { rekognitionUser(collectionId: "employees", userId: $id) { id } }',
      {
        id: 'ada',
      },
    );
    const lines = gateway.log.slice(before);
    expect(lines).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        requestId: expect.any(String),
        operation: 'FindAda',
        type: 'query',
        coordinates: ['Query.rekognitionUser'],
        outcome: 'success',
        status: 200,
        durationMs: expect.any(Number),
        aws: { attempts: 1, requestIds: [gateway.localAws.requests.list().at(-1)?.requestId] },
      },
    ]);
  });
});
