/** What refuses requests, on the first and on the second sight of a document, which take different ways. */
import { request as httpRequest } from 'node:http';
import { createSchema } from 'graphql-yoga';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { sha256 } from '../../src/persisted/store.ts';
import type { Guard, Guards, Refusal } from '../../src/server/guards/guard.ts';
import { guardsFor } from '../../src/server/guards/index.ts';
import { InFlight } from '../../src/server/in-flight.ts';
import { openAccess } from '../support/access.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, type Received, type Sent, send } from '../support/http.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { usualLimits } from '../support/limits.ts';
import { manifestFile } from '../support/manifest.ts';
import { startServer } from '../support/server.ts';

const typeDefs = 'type Query { runs(plus: Int): Int }';

const own = guardsFor({
  host: '127.0.0.1',
  schema: createSchema({ typeDefs }),
  access: openAccess,
  limits: usualLimits,
  inFlight: new InFlight(usualLimits),
});

function refusedWith({ status, code, message, facts }: Refusal) {
  return { status, body: { errors: [{ message, extensions: { code, ...facts } }] } };
}

function withHeaders(sent: Sent, headers: NonNullable<Sent['headers']>): Sent {
  return { ...sent, headers: { ...sent.headers, ...headers } };
}

function withBody({ headers }: Sent, body: string | Buffer): Sent {
  return { headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body };
}

/** In chunks, so that the length of the body is not told beforehand. */
function withoutLength({ headers: { 'content-length': _length, ...headers } = {}, ...sent }: Sent): Sent {
  return { ...sent, headers: { ...headers, 'transfer-encoding': 'chunked' } };
}

function queryOf({ body }: Sent): string {
  return (JSON.parse(String(body)) as { query: string }).query;
}

function withPersistedQuery(sent: Sent, persistedQuery: object): Sent {
  const parameters = JSON.parse(String(sent.body)) as object;
  return withBody(sent, JSON.stringify({ ...parameters, extensions: { persistedQuery } }));
}

function without(name: string, { headers = {}, ...sent }: Sent): Sent {
  return { ...sent, headers: Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)) };
}

/** Waits until a request that asks for nothing is answered with this status. */
async function becomes(url: string, status: number, headers: NonNullable<Sent['headers']>): Promise<void> {
  const sent = without('content-length', { method: 'GET', headers });
  await vi.waitFor(async () => expect((await send(url, sent)).status).toBe(status));
}

const manyValues = '{"query":"{ identityStoreUsers(first: 1000) { edges { node { id } } } }"}';

/** As much as is counted. */
const large = (sent: Sent) => withBody(sent, String(sent.body).padEnd(70_000));

/** A large request for a large answer, which AWS takes as long to give as the test lasts. */
async function holdLargeRequest({ url, localAws }: TestGateway, sent: Sent): Promise<() => Promise<void>> {
  const { faults, requests } = localAws;
  if (faults.list().length > 0) return async () => {};
  faults.add({ operation: 'ListUsers', effect: { type: 'latency', milliseconds: 600_000 } });
  const { headers = {}, body } = large(withBody(sent, manyValues));
  const held = httpRequest(new URL('/graphql', url), { method: 'POST', headers });
  held.on('error', () => {});
  held.end(body);
  onTestFinished(() => localAws.stop());
  await vi.waitFor(() => expect(requests.list()).toHaveLength(1));
  return async () => {};
}

/** A subscription to a job, of which nothing is looked up before guards are asked. */
function subscribing(sent: Sent, fields: string, accept: string): Sent {
  const query = `subscription { jobProgress(id: "any") { ${fields} } }`;
  return withHeaders(withBody(sent, JSON.stringify({ query })), { accept });
}

const orEvents = 'application/json, text/event-stream';

const patient = { AWS_TIMEOUT_MS: '600000', REQUEST_TIMEOUT_MS: '600000' };

const noRoomForBytes: Refusal = {
  status: 503,
  code: 'OVERLOADED',
  message:
    'The gateway has as many bytes of requests in memory as it may have, which is 65536 (MAX_BODY_BYTES_IN_FLIGHT). Nothing was done. Try again.',
  facts: { limit: 'bodyBytesInFlight', maximum: 65_536, retryable: true },
};

interface Case {
  /** Makes a request that nothing is wrong with one that the guard refuses. */
  readonly spoil: (sent: Sent) => Sent;
  readonly refusal: Refusal;
  /** The only documents that a gateway of its own has to run. */
  readonly documents?: (sent: Sent) => readonly string[];
  /** What the gateway of its own has to be told that the case needs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Brings about what the guard refuses other requests for; ends with what it returns. */
  readonly during?: (gateway: TestGateway, sent: Sent) => Promise<() => Promise<void>>;
}

let otherToken: string;

/** One for each guard of the gateway, by its name. */
const cases: Readonly<Record<string, Case>> = {
  'the rate of requests': {
    env: { RATE_LIMIT: '1/min' },
    // Of another caller, who has sent one already.
    spoil: sent => withHeaders(sent, { authorization: `Bearer ${otherToken}` }),
    during: async ({ url }, { headers = {} }) => {
      await becomes(url, 429, { ...headers, authorization: `Bearer ${otherToken}` });
      return async () => {};
    },
    refusal: {
      status: 429,
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringMatching(
        /^You send too many requests: 1 in a minute are accepted, and 1 at once\. Try again in \d+ s\.$/,
      ),
      facts: { limit: 'rate', maximum: 1, seconds: 60, burst: 1, retryAfterSeconds: expect.any(Number) },
    },
  },
  'the requests in flight': {
    env: { MAX_IN_FLIGHT: '1' },
    spoil: sent => sent,
    // One whose body does not come.
    during: async ({ url }, { headers = {} }) => {
      const held = httpRequest(new URL('/graphql', url), { method: 'POST', headers });
      held.on('error', () => {});
      held.flushHeaders();
      await becomes(url, 503, headers);
      return async () => {
        held.destroy();
        await becomes(url, 400, headers);
      };
    },
    refusal: {
      status: 503,
      code: 'OVERLOADED',
      message:
        'The gateway has as many requests under way as it may have, which is 1 (MAX_IN_FLIGHT). Nothing was done. Try again.',
      facts: { limit: 'inFlight', maximum: 1, retryable: true },
    },
  },
  'the bytes of bodies in flight': {
    env: { ...patient, MAX_BODY_BYTES_IN_FLIGHT: '65536' },
    spoil: large,
    during: holdLargeRequest,
    refusal: noRoomForBytes,
  },
  'the bytes of uploads in flight': {
    env: { ...patient, MAX_BODY_BYTES_IN_FLIGHT: '65536' },
    spoil: sent =>
      withHeaders(large(sent), {
        'content-type': 'multipart/form-data; boundary=x',
        'graphql-require-preflight': '1',
      }),
    during: holdLargeRequest,
    refusal: noRoomForBytes,
  },
  'the values of answers in flight': {
    env: { ...patient, MAX_ANSWER_VALUES_IN_FLIGHT: '1000' },
    spoil: sent => withBody(sent, manyValues),
    during: holdLargeRequest,
    refusal: {
      status: 503,
      code: 'OVERLOADED',
      message:
        'The gateway makes answers with as many values as it may make at a time, which is 1000 (MAX_ANSWER_VALUES_IN_FLIGHT). Nothing was done. Try again.',
      facts: { limit: 'valuesInFlight', maximum: 1_000, retryable: true },
    },
  },
  'the headers that may stand once': {
    spoil: sent => withHeaders(sent, { 'content-type': ['application/json', 'text/plain'] }),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The request has more than one "content-type" header.',
    },
  },
  'the presence of the host': {
    spoil: sent => ({ ...sent, setHost: false }),
    refusal: { status: 400, code: 'BAD_REQUEST', message: 'The request has no "host" header.' },
  },
  'the host': {
    spoil: sent => withHeaders(sent, { host: 'rebound.example' }),
    refusal: {
      status: 421,
      code: 'FOREIGN_HOST',
      message:
        'This gateway serves only this machine, as localhost, and not "rebound.example". Set HOST to serve others.',
    },
  },
  'what the client expects': {
    spoil: sent => withHeaders(sent, { expect: 'magic' }),
    refusal: {
      status: 417,
      code: 'EXPECTATION_FAILED',
      message: 'The header "expect" may say 100-continue alone, and not "magic".',
    },
  },
  'the type of the body': {
    spoil: sent => withHeaders(sent, { 'content-type': 'text/plain' }),
    refusal: {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request as JSON, with the header "content-type: application/json".',
    },
  },
  'the text of the parameters': {
    spoil: ({ headers: _headers, body: _body, ...sent }) => ({
      ...sent,
      method: 'GET',
      path: '/graphql?query=%7B__typename%7D&operationName=J%FCrgen',
    }),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The parameters in the address are not valid UTF-8, percent-encoded.',
    },
  },
  'the parameters that may stand once': {
    spoil: ({ headers: _headers, body: _body, ...sent }) => ({
      ...sent,
      method: 'GET',
      path: '/graphql?query=%7B__typename%7D&query=%7B__typename%7D',
    }),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The address has more than one parameter "query".',
    },
  },
  'the preflight of an upload': {
    spoil: sent => withHeaders(sent, { 'content-type': 'multipart/form-data; boundary=x' }),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message:
        'Send files with the header "graphql-require-preflight: 1", which no web page of another site can send unasked.',
    },
  },
  'the parts of an upload': {
    spoil: sent =>
      withHeaders(sent, {
        'content-type': 'multipart/form-data; boundary=x',
        'graphql-require-preflight': '1',
      }),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The request with files is no form that can be read.',
    },
  },
  'the charset of the body': {
    spoil: sent => withHeaders(sent, { 'content-type': 'application/json; charset="ISO-8859-1"' }),
    refusal: {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request in UTF-8; its "content-type" header declares the charset "ISO-8859-1".',
    },
  },
  'the transfer of the body': {
    spoil: sent => ({
      ...sent,
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'gzip, chunked' },
    }),
    refusal: {
      status: 501,
      code: 'UNSUPPORTED_TRANSFER_ENCODING',
      message: 'Send the request whole or in chunks; no "transfer-encoding" but "chunked" is understood.',
    },
  },
  'the media type of the answer': {
    spoil: sent => withHeaders(sent, { accept: 'application/json;q=0, image/*' }),
    refusal: {
      status: 406,
      code: 'NOT_ACCEPTABLE',
      message:
        'The "accept" header allows none of the media types that answers can have: application/json, ' +
        'application/graphql-response+json, text/event-stream, multipart/mixed.',
    },
  },
  'the media type of a subscription': {
    spoil: sent => subscribing(sent, 'id', 'application/json'),
    refusal: {
      status: 406,
      code: 'NOT_ACCEPTABLE',
      message:
        'A subscription is answered with events alone. Ask for them with the header "accept: text/event-stream".',
    },
  },
  'the values of an event': {
    spoil: sent => subscribing(sent, 'rows(first: 500) { edges { cursor } }', orEvents),
    refusal: {
      status: 400,
      code: 'OPERATION_TOO_LARGE',
      message:
        'The operation is too large: its events can have 1002 values each, and may have 1000. Query the rest.',
      facts: { limit: 'eventValues', maximum: 1_000, actual: 1_002 },
    },
  },
  'the open subscriptions': {
    env: { MAX_SUBSCRIPTIONS: '0' },
    spoil: sent => subscribing(sent, 'id', orEvents),
    refusal: {
      status: 503,
      code: 'OVERLOADED',
      message:
        'The gateway has as many subscriptions open as it may have, which is 0 (MAX_SUBSCRIPTIONS). Nothing was done. Try again.',
      facts: { limit: 'subscriptions', maximum: 0, retryable: true },
    },
  },
  'the size of a body in chunks': {
    spoil: sent => ({
      ...withoutLength(sent),
      body: `${String(sent.body)}${' '.repeat(1_048_576)}`,
    }),
    refusal: {
      status: 413,
      code: 'REQUEST_TOO_LARGE',
      message:
        'The request has more than 1 MiB (1048576 bytes), and no more are accepted. Send files as Upload, by the GraphQL multipart request specification, or raise MAX_BODY_BYTES.',
      facts: { limit: 'bodyBytes', maximum: 1_048_576 },
    },
  },
  'the text of the body': {
    spoil: sent =>
      withBody(sent, Buffer.from(String(sent.body).replace('"user-', '"J\u00FCrgen-'), 'latin1')),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The bytes of the request are not valid UTF-8. Send the request in UTF-8.',
    },
  },
  'the encoding of the body': {
    spoil: sent => withHeaders(sent, { 'content-encoding': 'gzip' }),
    refusal: {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request uncompressed, without a "content-encoding" header.',
    },
  },
  'the size of the body': {
    spoil: sent => withBody(sent, String(sent.body).padEnd(1_048_577)),
    refusal: {
      status: 413,
      code: 'REQUEST_TOO_LARGE',
      message:
        'The request has 1048577 bytes; at most 1 MiB (1048576 bytes) are accepted. Send files as Upload, by the GraphQL multipart request specification, or raise MAX_BODY_BYTES.',
      facts: { limit: 'bodyBytes', maximum: 1_048_576, actual: 1_048_577 },
    },
  },
  authentication: {
    spoil: sent => without('authorization', sent),
    refusal: {
      status: 401,
      code: 'UNAUTHENTICATED',
      message: 'Send a bearer token, with the header "authorization: Bearer …".',
    },
  },
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
        JSON.stringify({ query, variables: { ids: Array.from({ length: 3_001 }, () => 'x') } }),
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

function caseOf(name: string): Case {
  const found = cases[name];
  if (!found) throw new Error(`test/server/guards.test.ts has no request that the guard of ${name} refuses.`);
  return found;
}

const namesOf = (...lists: readonly (readonly { readonly name: string }[])[]) =>
  lists.flat().map(({ name }) => name);

describe('the guards of the gateway', () => {
  let shared: TestGateway;
  let issuer: TestIssuer;
  let token: string;
  beforeAll(async () => {
    issuer = await startIssuer();
    token = await issuer.token({ scope: '*' });
    otherToken = await issuer.token({ scope: '*', sub: 'another' });
    shared = await startTestGateway({ ...issuer.env, INTROSPECTION: 'off' });
  });
  afterAll(async () => {
    await shared.stop();
    await issuer.stop();
  });

  async function startOwn(env: Readonly<Record<string, string>>): Promise<TestGateway> {
    const started = await startTestGateway({ ...issuer.env, ...env });
    onTestFinished(() => started.stop());
    return started;
  }

  const names = namesOf(...Object.values(own));

  it('have names of their own, by which there is a case for each', () => {
    expect(names.toSorted()).toEqual(Object.keys(cases).toSorted());
  });

  it.each(names)('refuse a document that is new and the same when it is known: %s', async name => {
    const { spoil, refusal, env, during, documents } = caseOf(name);
    const query = `mutation Create($userId: String!) { # ${name}
      createRekognitionUser(input: {collectionId: "employees", userId: $userId}) { __typename }
    }`;
    const good = json(JSON.stringify({ query, variables: { userId: `user-${names.indexOf(name)}` } }), {
      authorization: `Bearer ${token}`,
    });
    const trusted = documents && { TRUSTED_DOCUMENTS: await manifestFile(documents(good)) };
    const gateway = env || trusted ? await startOwn({ ...env, ...trusted }) : shared;
    const asked = () => gateway.localAws.requests.list().length;
    const logged = gateway.log.length;

    const refuse = async () => {
      const end = await during?.(gateway, good);
      const before = asked();
      expect(await send(gateway.url, spoil(good))).toMatchObject(refusedWith(refusal));
      expect(asked()).toBe(before);
      await end?.();
    };
    await refuse();
    const before = asked();
    expect(await send(gateway.url, good)).toMatchObject({
      status: 200,
      body: { data: { createRekognitionUser: { __typename: 'CreateRekognitionUserSuccess' } } },
    });
    expect(asked()).toBe(before + 1);
    await refuse();

    // What was sent besides, to bring it about, is not looked at.
    if (during) return;
    const line = { level: 30, status: refusal.status, errorCodes: [refusal.code] };
    expect(gateway.log.slice(logged)).toMatchObject([line, { level: 30, status: 200 }, line]);
  });

  it.each(namesOf(own.everyRequest))('stand before every path: %s', async name => {
    const { spoil, refusal } = caseOf(name);
    const gateway = shared;
    const logged = gateway.log.length;
    for (const path of ['/health', '/nowhere', '/graphql']) {
      const sent: Sent = { method: 'GET', path, headers: { accept: 'text/html' } };
      expect((await send(gateway.url, sent)).status).not.toBe(refusal.status);
      const { status, body } = await send(gateway.url, spoil(sent));
      // First the status: a page of 9 MB is nothing to print when an assertion fails.
      expect(status).toBe(refusal.status);
      expect({ status, body }).toEqual(refusedWith(refusal));
    }
    expect(gateway.log.slice(logged)).toEqual([]);
  });
});

type Stage = keyof Guards;
const stages = Object.keys(own) as readonly Stage[];

/** A guard of any stage: what it is about does not matter to it. */
type AnyGuard = Guard<unknown>;

/** Serves a field that counts how often it ran, behind the gateway's guards and some more. */
async function serve(guards: Partial<Record<Stage, readonly AnyGuard[]>>) {
  const log: Record<string, unknown>[] = [];
  let runs = 0;
  const server = await startServer({
    schema: createSchema({
      typeDefs,
      resolvers: { Query: { runs: (_parent, { plus = 0 }: { plus?: number }) => (runs += 1) + plus } },
    }),
    gateway: { statuses: [], connected: new Map(), upstream: () => [], settleTimeoutMs: 0 },
    access: openAccess,
    maxAnswerBytes: 1_000_000,
    logger: pino({ base: null }, { write: line => log.push(JSON.parse(line)) }),
    guards: Object.fromEntries(
      stages.map(stage => [stage, [...own[stage], ...(guards[stage] ?? [])]]),
    ) as unknown as Guards,
  });
  onTestFinished(() => server.stop());
  return { url: server.url, log, runs: () => runs };
}

const query = 'query Runs($plus: Int) { runs(plus: $plus) }';
const variables = { plus: 100 };

const byPost = json(JSON.stringify({ query, variables, operationName: 'Runs' }), { 'x-request-id': 'req-1' });
const byGet: Sent = {
  method: 'GET',
  path: `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables), operationName: 'Runs' })}`,
  headers: { 'x-request-id': 'req-1' },
};
const ways: readonly [string, Sent][] = [
  ['POST', byPost],
  ['GET', byGet],
];

/** With files, if only none. */
const byForm = withHeaders(
  withBody(
    byPost,
    [
      ...[
        ['operations', byPost.body],
        ['map', '{}'],
      ].flatMap(([name, value]) => [
        '--x',
        `content-disposition: form-data; name="${String(name)}"`,
        '',
        String(value),
      ]),
      '--x--',
      '',
    ].join('\r\n'),
  ),
  { 'content-type': 'multipart/form-data; boundary=x', 'graphql-require-preflight': '1' },
);

function waysTo(stage: Stage): typeof ways {
  return stage === 'upload' ? [['POST', byForm]] : ways;
}

const refusal: Refusal = {
  status: 429,
  code: 'TOO_OFTEN',
  message: 'Come back later.',
  headers: { 'retry-after': '7' },
};

/** How a guard can say no. */
const noes: readonly [string, () => Refusal | Promise<Refusal>][] = [
  ['at once', () => refusal],
  ['after a while', () => new Promise(resolve => setTimeout(resolve, 1, refusal))],
];

const everywhere = stages.flatMap(stage =>
  waysTo(stage).flatMap(([method, sent]) => noes.map(([when, no]) => ({ stage, method, sent, when, no }))),
);

describe('a guard', () => {
  it.each(everywhere)('of $stage refuses each $method request, $when', async ({ stage, sent, no }) => {
    let refusing = true;
    const guard: AnyGuard = { name: 'no', check: () => (refusing ? no() : undefined) };
    const { url, log, runs } = await serve({ [stage]: [guard] });
    const answers: Received[] = [];
    for (const refuses of [true, true, false, true]) {
      refusing = refuses;
      answers.push(await send(url, sent));
    }
    const refused = {
      status: 429,
      headers: { 'retry-after': '7', 'content-type': 'application/json; charset=utf-8' },
      body: { errors: [{ message: 'Come back later.', extensions: { code: 'TOO_OFTEN' } }] },
    };
    const served = { status: 200, body: { data: { runs: 101 } } };
    expect(answers).toMatchObject([refused, refused, served, refused]);
    expect(answers[3]?.body).toEqual(refused.body);
    expect(runs()).toBe(1);

    const operation = { operation: 'Runs', type: 'query' };
    const line = {
      level: 30,
      requestId: 'req-1',
      status: 429,
      errorCodes: ['TOO_OFTEN'],
      ...(stage === 'operation' && operation),
    };
    expect(log).toMatchObject([line, line, { status: 200, ...operation }, line]);
  });

  it.each(everywhere)(
    'of $stage that throws $when lets no $method request pass, and tells nobody why',
    async ({ stage, sent, when }) => {
      // An error that would have been shown, had it been thrown where queries run.
      const { GraphQLError } = await import('graphql');
      const bug = new GraphQLError('the password is hunter2', { extensions: { code: 'SECRET' } });
      const check = () => {
        if (when === 'at once') throw bug;
        return Promise.reject(bug);
      };
      const { url, log, runs } = await serve({ [stage]: [{ name: 'buggy', check }] });
      for (let sight = 1; sight <= 2; sight += 1) {
        const answer = await send(url, sent);
        expect({ status: answer.status, body: answer.body }).toEqual({
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
      }
      const lines = [
        { level: 50, requestId: 'req-1', err: { type: expect.stringMatching(/Error$/) } },
        { level: 30, requestId: 'req-1', status: 500, errorCodes: ['INTERNAL_SERVER_ERROR'] },
      ];
      expect(log).toMatchObject([...lines, ...lines]);
      expect(JSON.stringify(log)).not.toContain('hunter2');
      expect(runs()).toBe(0);
    },
  );

  it.each(ways)('of an operation sees the same of each %s request', async (_method, sent) => {
    const seen: unknown[] = [];
    const { url } = await serve({
      operation: [
        {
          name: 'curious',
          check(request) {
            seen.push(request);
            return undefined;
          },
        },
      ],
    });
    for (let sight = 1; sight <= 3; sight += 1) await send(url, sent);
    const request = {
      document: { kind: 'Document' },
      operation: { operation: 'query', name: { value: 'Runs' } },
      operationName: 'Runs',
      variables: { plus: 100 },
    };
    expect(seen).toMatchObject([request, request, request]);
    expect(seen[1]).toEqual(seen[0]);
  });

  it.each(ways)('knows the exchange of each %s request from the guards before it', async (_method, sent) => {
    const exchanges: object[] = [];
    const noting: AnyGuard = {
      name: 'noting',
      check(_subject, exchange) {
        exchanges.push(exchange);
        return undefined;
      },
    };
    const { url } = await serve({
      everyRequest: [noting],
      graphqlRequest: [noting],
      body: [noting],
      document: [noting],
      operation: [noting],
    });
    for (let sight = 1; sight <= 2; sight += 1) {
      await send(url, sent);
      const [first, ...others] = exchanges.splice(0);
      expect(others).toHaveLength(4);
      for (const other of others) expect(other).toBe(first);
    }
  });

  it.each(ways)('is asked in turn, and only as long as none refuses a %s request', async (_method, sent) => {
    const asked: string[] = [];
    let refusing = '';
    const guard = (name: string, late: boolean): AnyGuard => ({
      name,
      check() {
        asked.push(name);
        const verdict = name === refusing ? refusal : undefined;
        return late ? Promise.resolve(verdict) : verdict;
      },
    });
    const { url } = await serve({
      everyRequest: [guard('1', false), guard('2', true)],
      graphqlRequest: [guard('3', true), guard('4', false)],
      body: [guard('5', false), guard('6', true)],
      document: [guard('7', false), guard('8', true)],
      operation: [guard('9', true), guard('10', true), guard('11', false)],
    });
    const names = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'];
    for (const name of [...names, 'nobody', ...names]) {
      refusing = name;
      await send(url, sent);
      const last = names.indexOf(name);
      expect(asked.splice(0)).toEqual(last < 0 ? names : names.slice(0, last + 1));
    }
  });

  it.each(stages)(
    'of %s whose refusal cannot be sent is answered as a bug, and the server lives on',
    async stage => {
      const sent = stage === 'upload' ? byForm : byPost;
      const headers = { 'www-authenticate': 'a\nb' };
      let refusing = true;
      const check = () => (refusing ? { ...refusal, headers } : undefined);
      const { url } = await serve({ [stage]: [{ name: 'unfit', check }] });
      expect(await send(url, sent)).toMatchObject({
        status: 500,
        body: { errors: [{ message: 'Unexpected error.', extensions: { errorId: 'req-1' } }] },
      });
      refusing = false;
      expect(await send(url, sent)).toMatchObject({ status: 200, body: { data: { runs: 101 } } });
    },
  );
});
