/** Known documents take a shorter way through the server than new ones; nobody should see which. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '../support/connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, type Received, send } from '../support/http.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

/** Without what differs from one answer to the next. */
function comparable({ status, headers, body }: Received) {
  const { date: _date, 'x-request-id': _id, ...others } = headers;
  // The shape is the document's; the assertions check it.
  // oxlint-disable-next-line typescript/no-explicit-any
  return { status, headers: others, body: body as any };
}

function withoutTimes({
  time: _time,
  durationMs: _ms,
  requestId: _id,
  aws,
  ...line
}: Record<string, unknown>) {
  return { ...line, aws: aws && { ...aws, requestIds: (aws as { requestIds: string[] }).requestIds.length } };
}

let documents = 0;

const lookUp = `query LookUp($collectionId: String!, $userId: String!) {
  rekognitionUser(collectionId: $collectionId, userId: $userId) { id userId userStatus }
}`;
const create = `mutation Create($userId: String!) {
  createRekognitionUser(input: {collectionId: "employees", userId: $userId}) {
    __typename
    ... on CreateRekognitionUserSuccess { user { id userId userStatus } }
    ... on Error { message code }
  }
}`;
const two = 'query A { a: __typename } query B { b: __typename }';

const ada = { query: lookUp, variables: { collectionId: 'employees', userId: 'ada' } };

describe('a known document is answered as a new one', () => {
  it.each<[string, object, Record<string, string>?]>([
    ['with data', ada],
    ['with null', { query: lookUp, variables: { collectionId: 'employees', userId: 'nobody' } }],
    [
      'with null for the parameters that may be absent',
      { query: '{ __typename }', variables: null, operationName: null, extensions: null },
    ],
    ['with extensions, which mean nothing here', { query: '{ __typename }', extensions: { a: 1 } }],
    ['with the operation of a name', { query: two, operationName: 'B' }],
    ['without the operation of that name', { query: two, operationName: 'C' }],
    ['with an empty name', { query: '{ __typename }', operationName: '' }],
    ['with a name that its only operation does not have', { query: '{ __typename }', operationName: 'A' }],
    ['with a name that is a number', { query: two, operationName: 1 }],
    ['with a name missing', { query: two }],
    ['with a refusal of a query', { query: lookUp, variables: { collectionId: 'no spaces', userId: '' } }],
    ['with a refusal of a mutation', { query: create, variables: { userId: 'ada' } }],
    ['with a variable missing', { query: lookUp }],
    ['with a variable of the wrong type', { query: lookUp, variables: { collectionId: 5, userId: 'ada' } }],
    ['with variables as a list', { query: lookUp, variables: [] }],
    ['with variables as a text', { query: lookUp, variables: '{}' }],
    ['with a parameter that does not exist', { ...ada, id: 1 }],
    ['with a parameter that does not exist and is null', { ...ada, id: null }],
    ['in a batch', [ada]],
    ['with a document that is not valid', { query: '{ nothing }' }],
    ['with a document that is not GraphQL', { query: '{' }],
    ['with an empty document', { query: '' }],
    ['when nothing is accepted in particular', ada, { accept: '*/*' }],
    ['when any application is accepted', ada, { accept: 'application/*' }],
    ['when JSON is accepted', ada, { accept: 'application/json' }],
    ['when GraphQL is accepted', ada, { accept: 'application/graphql-response+json' }],
    ['when both are accepted', ada, { accept: 'application/graphql-response+json, application/json;q=0.9' }],
    [
      'when both are accepted the other way round',
      ada,
      { accept: 'Application/JSON,application/graphql-response+json' },
    ],
    [
      'when streams are accepted, too',
      ada,
      { accept: 'text/event-stream, multipart/mixed, application/json' },
    ],
    ['when only a stream is accepted', ada, { accept: 'text/event-stream' }],
    ['when only pictures are accepted', ada, { accept: 'image/png' }],
    ['when the charset is UTF-8', ada, { accept: 'application/json; charset=utf-8' }],
    ['when the charset is another', ada, { accept: 'application/json; charset=utf-16' }],
    [
      'with a wrong variable when GraphQL is accepted',
      { query: lookUp },
      { accept: 'application/graphql-response+json' },
    ],
    [
      'with a refusal when GraphQL is accepted',
      { query: lookUp, variables: { collectionId: '', userId: '' } },
      { accept: 'application/graphql-response+json' },
    ],
  ])('%s', async (_case, parameters, headers = {}) => {
    // A comment that no other request has makes the document new.
    const comment = `# ${(documents += 1)}`;
    const request = JSON.parse(JSON.stringify(parameters), (name, value: unknown) =>
      name === 'query' ? `${String(value)} ${comment}` : value,
    );
    const sent = json(JSON.stringify(request), headers);
    const asNew = comparable(await send(gateway.url, sent));
    const { query } = [request].flat()[0];
    const plain = query.startsWith(two) ? { query, operationName: 'A' } : { query };
    await send(gateway.url, json(JSON.stringify(plain)));
    expect(comparable(await send(gateway.url, sent))).toEqual(asNew);
  });

  it('with an exception of AWS, which is logged in the same words', async () => {
    const seen = [];
    for (let n = 0; n < 2; n += 1) {
      gateway.localAws.faults.add({ times: 1, effect: { type: 'exception', name: 'AccessDeniedException' } });
      const before = gateway.log.length;
      const answer = await send(
        gateway.url,
        json(JSON.stringify({ ...ada, query: `${lookUp} # exception` })),
      );
      const { requestId, ...others } = comparable(answer).body.errors[0].extensions;
      seen.push({ status: answer.status, others, log: gateway.log.slice(before).map(withoutTimes) });
      expect(requestId).toBe(gateway.localAws.requests.list().at(-1)?.requestId);
    }
    expect(seen[0]).toMatchObject({
      status: 200,
      others: { code: 'ACCESS_DENIED', providerCode: 'AccessDeniedException' },
      log: [{ operation: 'LookUp', type: 'query', status: 200, errorCodes: ['ACCESS_DENIED'] }],
    });
    expect(seen[1]).toEqual(seen[0]);
  });

  it('with a user created, and the refusals of the next logged', async () => {
    const query = `${create} # log`;
    const answers = [];
    for (const userId of ['one', 'two', 'two']) {
      answers.push(await send(gateway.url, json(JSON.stringify({ query, variables: { userId } }))));
    }
    const typenames = answers.map(answer => comparable(answer).body.data.createRekognitionUser.__typename);
    expect(typenames).toEqual([
      'CreateRekognitionUserSuccess',
      'CreateRekognitionUserSuccess',
      'ConflictError',
    ]);
    expect(gateway.log.at(-1)).toMatchObject({
      requestId: answers[2]?.headers['x-request-id'],
      operation: 'Create',
      type: 'mutation',
      refusals: [{ code: 'CONFLICT', providerCode: 'ConflictException' }],
    });
  });

  it('when its text arrives in pieces that cut a character in two', async () => {
    const body = Buffer.from(JSON.stringify({ query: '{ __typename } # é' }));
    expect(await inPieces(body, body.indexOf('é') + 1)).toContain('{"data":{"__typename":"Query"}}');
    expect(await inPieces(body, body.indexOf('é') + 1)).toContain('{"data":{"__typename":"Query"}}');
  });
});

describe('a client that goes away', () => {
  it('before its body is complete harms nobody', async () => {
    const socket = connectTo(gateway.url);
    const head = 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';
    socket.write(`${head}content-length: 100\r\n\r\n{"query":`);
    await sleep(20);
    socket.destroy();
    expect(await gateway.query('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    expect(gateway.log.filter(({ level }) => level !== 30)).toEqual([]);
  });

  it('before the answer harms nobody, and its operation ends', async () => {
    const query = `${create} # gone`;
    await gateway.query(query, { userId: 'known-document' });
    gateway.localAws.faults.add({ times: 1, effect: { type: 'latency', milliseconds: 50 } });
    const aborted = new AbortController();
    const sent = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { userId: 'gone' } }),
      signal: aborted.signal,
    });
    await sleep(20);
    aborted.abort();
    await expect(sent).rejects.toThrow('This operation was aborted');
    await sleep(100);
    expect(await gateway.query(query, { userId: 'gone' })).toMatchObject({
      data: { createRekognitionUser: { __typename: 'ConflictError' } },
    });
    expect(gateway.log.filter(({ level }) => level !== 30)).toEqual([]);
  });
});

function inPieces(body: Buffer, cut: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTo(gateway.url).setEncoding('utf8').setNoDelay();
    socket.on('error', reject).once('data', text => {
      socket.destroy();
      resolve(String(text));
    });
    const head = 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';
    socket.write(`${head}content-length: ${body.length}\r\n\r\n`);
    socket.write(body.subarray(0, cut));
    setTimeout(() => socket.write(body.subarray(cut)), 20);
  });
}
