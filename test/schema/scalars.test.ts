/** The scalars hold what they take and give exactly, or say where they cannot. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningGateway } from '../../src/gateway.ts';
import { startGatewayOn } from '../support/aws-gateway.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { type RecordingServer, startRecordingServer } from '../support/recording-server.ts';

const ENTERPRISE = 'aws:identitystore:enterprise';
const HALF = '\ud800';
const EXACT =
  'must be a number that needs no rounding, from -9007199254740991 to 9007199254740991; write any other as a string.';
const NOT_HALF = 'half of a surrogate pair, which has no form in UTF-8.';

const selection = '__typename ... on InvalidInputError { message issues { path message } }';

interface Posted {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly answer: any;
}

async function post(url: string, body: string): Promise<Posted> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  return { status: response.status, answer: await response.json() };
}

describe('A JSONObject in an input', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  beforeEach(() => gateway.localAws.reset());
  afterAll(() => gateway.stop());

  const user = { userName: 'odd', displayName: 'Odd', name: { givenName: 'O', familyName: 'Dd' } };

  /** Sends a text of JSON, whose numbers no program has read yet. */
  function byVariable(extensions: string): Promise<Posted> {
    const query = `mutation ($input: CreateIdentityStoreUserInput!) { result: createIdentityStoreUser(input: $input) { ${selection} } }`;
    const input = `${JSON.stringify(user).slice(0, -1)},"extensions":${extensions}}`;
    return post(gateway.url, `{"query":${JSON.stringify(query)},"variables":{"input":${input}}}`);
  }

  /** GraphQL's literals cannot have a colon in a name, so AWS's rule for names is broken in each. */
  function byLiteral(extensions: string, variables: object = {}, declared = ''): Promise<Posted> {
    const query = `mutation ${declared} { result: createIdentityStoreUser(input: { userName: "odd", displayName: "Odd", name: { givenName: "O", familyName: "Dd" }, extensions: ${extensions} }) { ${selection} } }`;
    return post(gateway.url, JSON.stringify({ query, variables }));
  }

  const calls = () => gateway.localAws.requests.list().length;

  test.each(['5', '"text"', '[]', '[{}]', 'true'])(
    'that is %s is refused with its place, at first sight and at the second',
    async value => {
      const message = 'A JSONObject must be an object, such as {"key": "value"}.';
      for (const sight of [1, 2]) {
        const { status, answer } = await byVariable(value);
        expect({ sight, status }).toEqual({ sight, status: 400 });
        expect(answer).toEqual({
          errors: [
            {
              message: expect.stringMatching(
                /^Variable "\$input" got invalid value .* at "input.extensions"; /,
              ),
              locations: [{ line: 1, column: 11 }],
              extensions: { code: 'BAD_USER_INPUT' },
            },
          ],
        });
        expect(answer.errors[0].message.endsWith(`; ${message}`)).toBe(true);
        expect((await byLiteral(value)).answer).toEqual({
          errors: [
            {
              message,
              locations: [{ line: 1, column: 147 }],
              extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
            },
          ],
        });
      }
      expect(calls()).toBe(0);
    },
  );

  test.each([
    ['{"n":9007199254740993}', ['n'], EXACT],
    ['{"n":-9007199254740992}', ['n'], EXACT],
    ['{"n":[1,{"m":1e400}]}', ['n', '1', 'm'], EXACT],
    ['{"n":1e16}', ['n'], EXACT],
    ['{"n":0.1234567890123456789012}', ['n'], EXACT],
    ['{"n":[{"a":"\\\\\\"{[,"},1e-400]}', ['n', '1'], EXACT],
    [`{"n":[-12345678.12345678901,"${'x'.repeat(100)}"]}`, ['n', '0'], EXACT],
    ['{"s":["\\ud83d"]}', ['s', '0'], `must not have ${NOT_HALF}`],
    ['{"s":{"a\\ude00":1}}', ['s', 'a\ude00'], `must have a name without ${NOT_HALF}`],
    [
      '{"s":[{"__proto__":1}]}',
      ['s', '0', '__proto__'],
      'must have another name: JavaScript keeps this one for itself.',
    ],
    ['"\\ud800"', [], `must not have ${NOT_HALF}`],
  ])('that holds %s is refused with the path', async (json, path, requirement) => {
    const at = ['extensions', ENTERPRISE, ...path];
    const message = `${at.join('.')} ${requirement}`;
    const { status, answer } = await byVariable(`{"${ENTERPRISE}":${json}}`);
    expect(status).toBe(200);
    expect(answer.data.result).toEqual({
      __typename: 'InvalidInputError',
      message,
      issues: [{ path: at, message }],
    });
    expect(calls()).toBe(0);
  });

  test('that holds a number of a million digits is refused in no time', async () => {
    const number = `1${'0'.repeat(900_000)}1`;
    const { answer } = await byVariable(`{"${ENTERPRISE}":{"n":${number}}}`);
    expect(answer.data.result.issues).toMatchObject([{ path: ['extensions', ENTERPRISE, 'n'] }]);
    const literal = await byLiteral(`{ a: ${number} }`);
    expect(literal.answer.data.result.issues[0]).toMatchObject({ path: ['extensions', 'a'] });
  });

  test.each([
    ['{"a":1,"b":[],"a":2}', 'a'],
    ['{"b":{"a":[0,{"x\\"":{},"x\\u0022":[]}]}}', 'b.a.1.x"'],
  ])('that is %s names a member twice, and is refused with the path', async (json, path) => {
    const message = `The request has two members of the name variables.input.extensions.${ENTERPRISE}.${path}, and may have one.`;
    for (const sight of [1, 2]) {
      const { status, answer } = await byVariable(`{"${ENTERPRISE}":${json}}`);
      expect({ sight, status }).toEqual({ sight, status: 400 });
      expect(answer).toEqual({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
    }
    expect(calls()).toBe(0);
  });

  test('a number that is no Int is quoted as it is written, in a body and in an address', async () => {
    const query = 'query ($n: Int) { identityStoreUsers(first: $n) { edges { cursor } } }';
    const variables = '{"n":12345678901234567890}';
    const address = `${gateway.url}/graphql?${new URLSearchParams({ query, variables })}`;
    const sent = [
      await post(gateway.url, `{"query":${JSON.stringify(query)},"variables":${variables}}`),
      await post(gateway.url, `{"query":${JSON.stringify(query)},"variables":${variables}}`),
      { answer: await (await fetch(address)).json() },
    ];
    for (const { answer } of sent) {
      expect(answer.errors).toHaveLength(1);
      expect(answer.errors[0].message).toBe(
        'Variable "$n" got invalid value 12345678901234567890; Int cannot represent non 32-bit signed integer value: 12345678901234567890',
      );
    }
  });

  test.each(['9007199254740991', '-9007199254740991', '0.1', '1.10', '1E2', '1.7976931348623157E-300', '-0'])(
    'may hold %s',
    async number => {
      const { answer } = await byVariable(`{"${ENTERPRISE}":{"n":${number}}}`);
      expect(answer.data.result).toEqual({ __typename: 'CreateIdentityStoreUserSuccess' });
      const literal = await byLiteral(`{ enterprise: { n: ${number} } }`);
      expect(literal.answer.data.result.issues).toHaveLength(1);
    },
  );

  const wrongName = {
    path: ['extensions', 'enterprise'],
    message: 'extensions.enterprise must be "aws:identitystore:" and 1 to 20 lower-case letters.',
  };

  test.each(['9007199254740993', '0.12345678901234567890', '3.14159265358979323846e2', '1e400', '1e-400'])(
    'that is a literal does not hold %s, which would be rounded, and all else is judged as well',
    async number => {
      const path = ['extensions', 'enterprise', 'n', '0'];
      const { answer } = await byLiteral(`{ enterprise: { n: [${number}] } }`);
      const issue = { path, message: `${path.join('.')} ${EXACT}` };
      expect(answer.data.result.issues).toEqual([issue, wrongName]);
    },
  );

  test('that is a literal may hold variables, which are judged in the same way', async () => {
    const variables = { many: 1e18, half: HALF, fine: 'fine' };
    const declared = '($many: Float, $half: String, $fine: String, $none: String)';
    const { answer } = await byLiteral('{ a: [$many, $half, $fine, $none], b: $none }', variables, declared);
    const at = ['extensions', 'a'];
    expect(answer.data.result.issues).toEqual([
      { path: [...at, '0'], message: `extensions.a.0 ${EXACT}` },
      { path: [...at, '1'], message: `extensions.a.1 must not have ${NOT_HALF}` },
      { path: at, message: 'extensions.a must be "aws:identitystore:" and 1 to 20 lower-case letters.' },
    ]);
  });

  test.each([
    ['objects', 62, '{"a":', '}'],
    ['lists', 62, '[', ']'],
  ])('may have 64 levels of %s, and no more', async (_kind, levels, open, close) => {
    const nested = (count: number) => `{"${ENTERPRISE}":{"a":${open.repeat(count)}1${close.repeat(count)}}}`;
    const { answer: good } = await byVariable(nested(levels));
    expect(good.data.result).toEqual({ __typename: 'CreateIdentityStoreUserSuccess' });
    for (const count of [levels + 1, 90]) {
      const { status, answer } = await byVariable(nested(count));
      expect(status).toBe(200);
      expect(answer.data.result.issues).toEqual([
        {
          path: expect.toSatisfy((path: string[]) => path.length === 65),
          message: expect.stringMatching(/ must not be nested more than 64 levels deep\.$/),
        },
      ]);
    }
  });
});

const stored = (userId: string, members: string) =>
  `{"IdentityStoreId":"d-9067012345","UserId":"${userId}",${members}}`;
const withExtensions = (userId: string, json: string) =>
  stored(userId, `"Extensions":{"${ENTERPRISE}":${json}}`);

describe('Of what AWS has stored', () => {
  let aws: RecordingServer;
  let gateway: RunningGateway;
  let users: string;

  beforeAll(async () => {
    aws = await startRecordingServer((_request, response) => {
      response.writeHead(200, { 'x-amzn-requestid': 'an-id' });
      response.end(`{"Users":[${users}]}`);
    });
    gateway = await startGatewayOn(aws.url, { PROVIDERS: 'identity-store' });
  });
  afterAll(async () => {
    await gateway.stop();
    await aws.stop();
  });

  async function list(fields: string): Promise<Posted['answer']> {
    const query = `{ identityStoreUsers(identityStoreId: "d-9067012345") { edges { node { userId ${fields} } } } }`;
    const { status, answer } = await post(gateway.url, JSON.stringify({ query }));
    expect(status).toBe(200);
    return answer;
  }

  test('numbers that JSON cannot hold come out as strings', async () => {
    users = withExtensions(
      'odd',
      '{"a":9007199254740993,"b":[-123456789012345678901234567890,0.12345678901234567890],"c":1e30,"d":9007199254740991,"e":0.5,"f":"\\ud800"}',
    );
    const { data, errors } = await list('extensions');
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data.identityStoreUsers.edges[0].node.extensions[ENTERPRISE])).toBe(
      '{"a":"9007199254740993","b":["-123456789012345678901234567890","0.12345678901234567890"],"c":"1000000000000000000000000000000","d":9007199254740991,"e":0.5,"f":"\\ud800"}',
    );
  });

  test.each([
    '1e999999999',
    '-1E+300000000',
    '1e-999999999',
    '-1e-400',
    `1${'0'.repeat(3_000_000)}`,
    `0.${'3'.repeat(3_000_000)}`,
  ])(
    'a number that would take for ever to write out comes as it was written: %#',
    async number => {
      users = [
        stored('odd', `"UserName":"odd","Extensions":{"${ENTERPRISE}":{"n":[${number}]}}`),
        stored('even', `"UserName":"even"`),
      ].join();
      const { data, errors } = await list('userName extensions');
      expect(errors).toBeUndefined();
      expect(data.identityStoreUsers.edges).toEqual([
        { node: { userId: 'odd', userName: 'odd', extensions: { [ENTERPRISE]: { n: [number] } } } },
        { node: { userId: 'even', userName: 'even', extensions: null } },
      ]);
    },
    5_000,
  );

  test.each([
    [1_500, '[', ']'],
    [2_500, '[', ']'],
    [300_000, '{"a":', '}'],
    [300_000, '[{"]":"\\\\","a":', '}]'],
  ])('one user that is nested in %i levels of %s does not hide the others', async (levels, open, close) => {
    const deep = `${open.repeat(levels)}1${close.repeat(levels)}`;
    users = [withExtensions('odd', deep), withExtensions('even', '{"a":1}')].join();
    expect(await list('')).toEqual({
      data: { identityStoreUsers: { edges: [{ node: { userId: 'odd' } }, { node: { userId: 'even' } }] } },
    });
    expect(await list('extensions')).toEqual({
      data: {
        identityStoreUsers: {
          edges: [
            { node: { userId: 'odd', extensions: null } },
            { node: { userId: 'even', extensions: { [ENTERPRISE]: { a: 1 } } } },
          ],
        },
      },
      errors: [
        {
          message: 'AWS gave a JSON object of more than 64 levels.',
          locations: [{ line: 1, column: 79 }],
          path: ['identityStoreUsers', 'edges', 0, 'node', 'extensions'],
          extensions: {
            code: 'PROVIDER_FAILURE',
            providerCode: null,
            requestId: null,
            retryable: false,
            outcomeUnknown: false,
          },
        },
      ],
    });
  });

  const unnamed = {
    path: ['identityStoreUsers', 'edges', 0, 'node', 'extensions'],
    locations: [{ line: 1, column: 79 }],
    message: 'AWS gave a JSON object with a member of the name __proto__, which cannot be passed on.',
    extensions: {
      code: 'PROVIDER_FAILURE',
      providerCode: null,
      requestId: null,
      retryable: false,
      outcomeUnknown: false,
    },
  };

  test.each(['{"a":[{"__proto__":{"b":1}}]}', '{"\\u005f_proto__":1}'])(
    'a member that JavaScript keeps for itself, as in %s, is told of and hides no other user',
    async json => {
      users = [withExtensions('odd', json), withExtensions('even', '{"a":1}')].join();
      const { data, errors } = await list('extensions');
      expect(errors).toEqual([unnamed]);
      expect(data.identityStoreUsers.edges).toEqual([
        { node: { userId: 'odd', extensions: null } },
        { node: { userId: 'even', extensions: { [ENTERPRISE]: { a: 1 } } } },
      ]);
    },
  );

  test('a time that is none does not hide what is beside it', async () => {
    users = stored('odd', '"CreatedAt":9e15');
    expect(await list('createdAt')).toEqual({
      data: { identityStoreUsers: { edges: [{ node: { userId: 'odd', createdAt: null } }] } },
      errors: [
        {
          message:
            'The Identity Store gave an answer whose CreatedAt is not of the type timestamp, in Users[0].',
          locations: [{ line: 1, column: 79 }],
          path: ['identityStoreUsers', 'edges', 0, 'node', 'createdAt'],
          extensions: {
            code: 'PROVIDER_FAILURE',
            providerCode: null,
            requestId: null,
            retryable: false,
            outcomeUnknown: false,
          },
        },
      ],
    });
  });
});
