/** Documents that are named by their hash: Apollo's protocol, and the specification's `documentId`. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { sha256 } from '../../src/persisted/store.ts';
import { startTestGateway, useGateway } from '../support/gateway.ts';
import { json, type Received, type Sent, send } from '../support/http.ts';

const gateway = useGateway();

type Parameters = Readonly<Record<string, unknown>>;

function post(parameters: Parameters): Sent {
  return json(JSON.stringify(parameters));
}

/** As clients write it: what is no text is JSON. */
function get(parameters: Parameters): Sent {
  const texts = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return { method: 'GET', path: `/graphql?${new URLSearchParams(Object.fromEntries(texts)).toString()}` };
}

const methods = [
  ['POST', post],
  ['GET', get],
] as const;

function hashed(sha256Hash: unknown, version: unknown = 1) {
  return { extensions: { persistedQuery: { version, sha256Hash } } };
}

function errorOf({ status, body }: Received) {
  const { errors, ...others } = body as { errors: { message: string; extensions: object }[] };
  return { status, ...others, errors: errors.map(({ message, extensions }) => [message, extensions]) };
}

function refusedWith(status: number, message: string, code: string) {
  return { status, errors: [[message, { code }]] };
}

const notFound = refusedWith(200, 'PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');
const mismatch = refusedWith(400, 'provided sha does not match query', 'PERSISTED_QUERY_HASH_MISMATCH');

let count = 0;

/** A document that was never sent before. */
function newQuery(): string {
  count += 1;
  return `query Providers${count}($skip: Boolean = false) { providers @skip(if: $skip) { name } }`;
}

const all = { data: { providers: expect.arrayContaining([{ name: 'Amazon Chime' }]) } };

describe.each(methods)('a document that is named in a %s request', (_method, sent) => {
  it('is asked for while it is not known, and found when it has come once with its hash', async () => {
    const query = newQuery();
    const name = hashed(sha256(query));
    expect(errorOf(await send(gateway.url, sent(name)))).toEqual(notFound);
    expect(await send(gateway.url, sent({ query, ...name }))).toMatchObject({ status: 200, body: all });
    for (let sight = 1; sight <= 3; sight += 1) {
      expect(await send(gateway.url, sent(name))).toMatchObject({ status: 200, body: all });
      expect(await send(gateway.url, sent({ ...name, variables: { skip: true } }))).toMatchObject({
        status: 200,
        body: { data: {} },
      });
      expect(await send(gateway.url, sent({ documentId: `sha256:${sha256(query)}` }))).toMatchObject({
        status: 200,
        body: all,
      });
    }
  });

  it('is not found because it came without its hash', async () => {
    const query = newQuery();
    expect(await send(gateway.url, sent({ query }))).toMatchObject({ status: 200, body: all });
    expect(errorOf(await send(gateway.url, sent(hashed(sha256(query)))))).toEqual(notFound);
  });

  it('is refused with the hash of another one, whether it is known or not, and does not become known by it', async () => {
    const query = newQuery();
    const other = sha256(newQuery());
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(errorOf(await send(gateway.url, sent({ query, ...hashed(other) })))).toEqual(mismatch);
      expect(errorOf(await send(gateway.url, sent(hashed(other))))).toEqual(notFound);
      await send(gateway.url, sent({ query, ...hashed(sha256(query)) }));
    }
  });

  it.each([
    ['that is not GraphQL', '{ providers { name }', 'GRAPHQL_PARSE_FAILED'],
    ['that the schema does not know', '{ providers { nonsense } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['that is too large', `{ ${'a: __typename '.repeat(26)} }`, 'DOCUMENT_TOO_LARGE'],
  ])('is not kept %s', async (_what, query, code) => {
    const name = hashed(sha256(query));
    for (let sight = 1; sight <= 2; sight += 1) {
      expect((await send(gateway.url, sent({ query, ...name }))).body).toMatchObject({
        errors: [{ extensions: { code } }],
      });
      expect(errorOf(await send(gateway.url, sent(name)))).toEqual(notFound);
    }
  });

  it.each([2, 0, '1', undefined, null])(
    'has to be named by version 1 of the protocol, and not %j',
    async version => {
      const query = newQuery();
      const name = { extensions: { persistedQuery: { version, sha256Hash: sha256(query) } } };
      const unsupported = refusedWith(400, 'Unsupported persisted query version', 'BAD_REQUEST');
      expect(errorOf(await send(gateway.url, sent({ query, ...name })))).toEqual(unsupported);
      expect(errorOf(await send(gateway.url, sent(name)))).toEqual(unsupported);
    },
  );

  it.each([undefined, null, 7, '', [], {}, 'constructor', '__proto__', 'sha256:', 'x'.repeat(64)])(
    'is not found by what is no hash: %j',
    async hash => {
      expect(errorOf(await send(gateway.url, sent(hashed(hash))))).toEqual(notFound);
      expect(errorOf(await send(gateway.url, sent({ query: newQuery(), ...hashed(hash) })))).toEqual(
        mismatch,
      );
    },
  );
});

describe('a document that is named', () => {
  it('may be a mutation, which runs by POST alone', async () => {
    const query = `mutation Named($userId: String!) {
      createRekognitionUser(input: {collectionId: "employees", userId: $userId}) { __typename }
    }`;
    const name = hashed(sha256(query));
    const created = {
      status: 200,
      body: { data: { createRekognitionUser: { __typename: 'CreateRekognitionUserSuccess' } } },
    };
    expect(await send(gateway.url, post({ query, ...name, variables: { userId: 'named-1' } }))).toMatchObject(
      created,
    );
    expect(await send(gateway.url, post({ ...name, variables: { userId: 'named-2' } }))).toMatchObject(
      created,
    );
    const calls = gateway.calls();
    expect(errorOf(await send(gateway.url, get({ ...name, variables: { userId: 'named-3' } })))).toEqual(
      refusedWith(405, 'Can only perform a mutation operation from a POST request.', 'BAD_REQUEST'),
    );
    expect(gateway.calls()).toEqual(calls);
  });

  it('may have several operations, of which the name decides', async () => {
    const query = 'query One { __typename } query Two { providers { name } }';
    const name = hashed(sha256(query));
    await send(gateway.url, post({ query, ...name, operationName: 'One' }));
    for (const sent of [post, get]) {
      expect(await send(gateway.url, sent({ ...name, operationName: 'Two' }))).toMatchObject({ body: all });
      expect(await send(gateway.url, sent(name))).toMatchObject({
        status: 400,
        body: { errors: [{ message: 'Must provide operation name if query contains multiple operations.' }] },
      });
    }
  });

  it('is answered as a stream to who wants one', async () => {
    const query = newQuery();
    const name = hashed(sha256(query));
    await send(gateway.url, post({ query, ...name }));
    const { status, body } = await send(
      gateway.url,
      json(JSON.stringify(name), { accept: 'text/event-stream' }),
    );
    expect(status).toBe(200);
    expect(body).toContain('event: next\ndata: {"data":{"providers":[');
  });

  it.each<[string, Parameters, string]>([
    ['a document that is no text', { query: 7 }, 'Expected "query" param to be a string, but given number.'],
    [
      'variables that are none',
      { variables: 'x' },
      'Expected "variables" param to be empty or an object, but given string.',
    ],
    [
      'an operation name that is none',
      { operationName: 7 },
      'Expected "operationName" param to be empty or a string, but given number.',
    ],
    [
      'a parameter that does not exist',
      { nonsense: 1 },
      'Unexpected parameter "nonsense" in the request body.',
    ],
  ])('is not run with %s', async (_what, more, message) => {
    const query = newQuery();
    const name = hashed(sha256(query));
    await send(gateway.url, post({ query, ...name }));
    expect(errorOf(await send(gateway.url, post({ ...name, ...more })))).toEqual(
      refusedWith(400, message, 'BAD_REQUEST'),
    );
  });

  it('is forgotten when others need its room', async () => {
    const queries = [newQuery(), newQuery(), newQuery()].map(each => `${each} #${'x'.repeat(900_000)}`);
    for (const query of queries) {
      expect(await send(gateway.url, post({ query, ...hashed(sha256(query)) }))).toMatchObject({ body: all });
    }
    const answers = await Promise.all(queries.map(query => send(gateway.url, post(hashed(sha256(query))))));
    expect(answers).toMatchObject([
      { body: { errors: [{ message: 'PersistedQueryNotFound' }] } },
      { body: all },
      { body: all },
    ]);
  });

  it('is counted, whether it was known or not', async () => {
    const counting = await startTestGateway({ METRICS_PORT: '0' });
    onTestFinished(() => counting.stop());
    const query = newQuery();
    const name = hashed(sha256(query));
    for (const sent of [{ query }, name, name, { query, ...name }, name])
      await send(counting.url, post(sent));
    const page = await (await fetch(counting.metricsUrl ?? '')).text();
    expect(page.match(/^vestibule_named_documents_total.*$/gm)?.toSorted()).toEqual([
      'vestibule_named_documents_total{result="hit"} 1',
      'vestibule_named_documents_total{result="miss"} 2',
      'vestibule_named_documents_total{result="sent"} 1',
    ]);
  });
});

describe('with PERSISTED_QUERIES=off', () => {
  const off = useGateway({ PERSISTED_QUERIES: 'off' });

  it.each(methods)('a client is told by %s that it has to send its documents', async (_method, sent) => {
    const query = newQuery();
    const name = hashed(sha256(query));
    const notSupported = refusedWith(200, 'PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');
    for (let sight = 1; sight <= 2; sight += 1) {
      expect(errorOf(await send(off.url, sent(name)))).toEqual(notSupported);
      expect(errorOf(await send(off.url, sent({ documentId: sha256(query) })))).toEqual(notSupported);
      expect(await send(off.url, sent({ query, ...name }))).toMatchObject({ status: 200, body: all });
    }
  });

  it('a hash beside the document says nothing', async () => {
    const query = newQuery();
    expect(await send(off.url, post({ query, ...hashed('nonsense', 7) }))).toMatchObject({ body: all });
    expect(errorOf(await send(off.url, post({ query, documentId: 'nonsense' })))).toEqual(
      refusedWith(400, 'Unexpected parameter "documentId" in the request body.', 'BAD_REQUEST'),
    );
  });
});
