/** What holds for a guard of any stage, whatever it refuses. */
import { createSchema } from 'graphql-yoga';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Guard, Guards, Refusal } from '../../src/server/guards/guard.ts';
import { openAccess } from '../support/access.ts';
import { withBody, withHeaders } from '../support/changed-requests.ts';
import { json, type Received, type Sent, send } from '../support/http.ts';
import { own, typeDefs } from '../support/own-guards.ts';
import { startServer } from '../support/server.ts';

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
