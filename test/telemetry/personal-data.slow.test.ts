/** That what people entrust to the gateway stands in no log, metric, trace or error but the caller's own. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { AwsClient } from '../../src/aws/client.ts';
import { type LocalAws, startLocalAws } from '../../src/local-aws/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { startCollector } from '../support/collector.ts';
import { startTestGateway } from '../support/gateway.ts';
import { json, type Received, type Sent, send } from '../support/http.ts';
import { ownDatabase, sql } from '../support/own-database.ts';
import {
  badRequests,
  fieldReads,
  fromAws,
  fromAwsGivenAway,
  givenAway,
  goodMutations,
  goodReads,
  type PlantedRequest,
  traitsIn,
} from '../support/planted.ts';
import { spawnGateway } from '../support/process.ts';
import { samplesIn } from '../support/prometheus.ts';

/** What every request says of its caller beside the document and its variables. */
const headers = {
  authorization: 'Bearer eyJsub.lovelace.signature',
  cookie: 'session=lovelace',
  'user-agent': 'lovelace/1.0',
  'x-request-id': 'lovelace@example.com',
  'x-forwarded-for': 'lovelace',
};

const graphql = (request: PlantedRequest): Sent => json(JSON.stringify(request), headers);

/** What is no request that anything runs for. */
const unfit: readonly Sent[] = [
  graphql({ query: '{ lovelace' }),
  graphql({ query: '{ lovelace }' }),
  graphql({ query: 'query ($lovelace: Lovelace) { __typename }', variables: { lovelace: '1815-12-10' } }),
  graphql({
    query: 'mutation ($input: CreateChimeUserInput!) { createChimeUser(input: $input) { __typename } }',
    variables: { input: { email: { lovelace: '1815-12-10' } } },
  }),
  graphql({ query: `{ ${'lovelace: __typename '.repeat(30)} }` }),
  json('{"query": "lovelace', headers),
  json('{"query":"{__typename}"}', { ...headers, 'content-type': 'text/lovelace' }),
  json('{"query":"{__typename}"}', { ...headers, accept: 'text/lovelace' }),
  json('{"query":"{__typename}"}', { ...headers, host: 'lovelace.example.com' }),
  { method: 'GET', path: '/graphql?query={lovelace}', headers },
  { method: 'GET', path: '/lovelace@example.com?1815-12-10', headers },
  { method: 'GET', path: '/health/lovelace', headers },
];

/** What AWS does to calls, besides performing them. */
function strikes(): readonly object[] {
  const exceptions = new Set(
    operations().flatMap(({ aws }) =>
      aws.flatMap(({ name, service }) => service.model.operations[name]?.errors ?? []),
    ),
  );
  const body = JSON.stringify({ message: fromAws, Message: fromAws, Users: fromAws, UserId: fromAws });
  return [
    ...[...exceptions, 'UnrecognizedClientException', 'NobodyKnowsThis'].map(name => ({
      type: 'exception',
      name,
      message: fromAws,
    })),
    { type: 'drop', when: 'before' },
    { type: 'drop', when: 'after' },
    { type: 'throttle', retryAfterSeconds: 1 },
    { type: 'latency', milliseconds: 4_000 },
    { type: 'response', status: 200, body: fromAws, contentType: 'text/html' },
    { type: 'response', status: 200, body, requestId: true },
    { type: 'response', status: 500, body },
    { type: 'response', status: 502, body: fromAws },
    { type: 'response', status: 403, body: JSON.stringify({ code: fromAws, __type: fromAws }) },
    {
      type: 'response',
      status: 403,
      body: JSON.stringify({ code: fromAws, __type: fromAws }),
      requestId: true,
    },
  ];
}

/** The native keys that callers choose or name, and the ARNs that hold them: the trail names them, as it must. */
const nativeKeys = new Set([
  'collectionId',
  'collectionArn',
  'resourceArn',
  'userId',
  'userIdList',
  'faceIds',
  'appInstanceUserArn',
]);

const stripped = (name: string, value: unknown) => (nativeKeys.has(name) ? undefined : value);

function withoutNativeKeys(trail: string): string {
  const lines = trail.split('\n').filter(line => line !== '');
  return lines.map(line => JSON.stringify(JSON.parse(line, stripped))).join('\n');
}

describe('a gateway that logs, counts and traces all that it can', () => {
  let localAws: LocalAws;
  beforeAll(async () => {
    localAws = await startLocalAws();
  });
  afterAll(() => localAws.stop());

  it('tells nothing of people, whatever is asked of it and whatever AWS does', {
    timeout: 120_000,
  }, async () => {
    const collector = await startCollector();
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-personal-data-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const auditFile = join(folder, 'audit.log');
    const gateway = spawnGateway({
      PORT: '0',
      LOG_LEVEL: 'trace',
      METRICS_PORT: '0',
      AWS_BACKEND: 'aws',
      AUDIT: auditFile,
      AUTH: 'none',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: localAws.url,
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_MAX_ATTEMPTS: '1',
      AWS_BUDGETS: 'off',
      AWS_TIMEOUT_MS: '2000',
      SETTLE_TIMEOUT_MS: '100',
      IDENTITY_STORE_ID: 'd-9067012345',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    });
    const { origin } = new URL(await gateway.url);
    const answers: Received[] = [];
    const ask = async (sent: Sent) => {
      const answer = await send(origin, sent);
      answers.push(answer);
      return JSON.stringify(answer.body);
    };

    // What AWS performs, and then reads back.
    const good = goodMutations();
    for (const request of good) expect(await ask(graphql(request))).toContain('Success"');
    const creates = good.filter(({ query }) => query.includes('create'));
    const again: string[] = [];
    for (const request of creates) again.push(await ask(graphql(request)));
    // Those with keys are told again.
    expect(again.join()).toContain('"replayed":true');
    for (const request of goodReads()) await ask(graphql(request));
    localAws.reset();
    for (const request of fieldReads()) await ask(graphql(request));
    for (const request of badRequests()) await ask(graphql(request));
    for (const sent of unfit) await ask(sent);
    for (const effect of strikes()) {
      localAws.reset();
      localAws.faults.add({ effect } as never);
      await Promise.all([...good, ...goodReads(), ...fieldReads()].map(request => ask(graphql(request))));
    }
    for (const path of ['/health', '/health/live', '/health/ready']) await ask({ method: 'GET', path });

    const [, metricsUrl = ''] = /^Metrics for Prometheus are at (\S+)\.$/m.exec(gateway.stdout()) ?? [];
    const metrics = await (await fetch(metricsUrl)).text();
    gateway.child.kill('SIGTERM');
    expect(await gateway.exit).toBe(0);

    // Everything ran.
    const counted = samplesIn(metrics).filter(
      ({ name, value }) => name === 'vestibule_operation_duration_seconds_count' && value > 0,
    );
    // What is planted in the rows of jobs is looked for where they are performed: test/jobs/lifecycle.slow.test.ts.
    const asked = operations().filter(({ kind }) => kind !== 'job' && kind !== 'jobChange');
    const coordinates = asked.map(({ coordinate }) => coordinate);
    expect(counted.map(({ labels }) => String(labels['operation'])).toSorted()).toEqual(
      coordinates.toSorted(),
    );
    const outputs = {
      stdout: gateway.stdout(),
      stderr: gateway.stderr(),
      metrics,
      spans: collector.requests.map(({ body }) => body).join('\n'),
      audit: withoutNativeKeys(readFileSync(auditFile, 'utf8')),
      headers: answers.map(answer => JSON.stringify(answer.headers)).join('\n'),
    };
    expect(outputs.stdout.split('\n').length).toBeGreaterThan(answers.length);
    expect(outputs.audit.split('\n').length).toBeGreaterThan(good.length);
    expect(collector.spans().length).toBeGreaterThan(answers.length);

    for (const [output, text] of Object.entries(outputs)) {
      const lines = text
        .split('\n')
        .filter(line => traitsIn(line, [...givenAway, ...fromAwsGivenAway]).length > 0);
      expect({ output, lines: lines.slice(0, 3) }).toEqual({ output, lines: [] });
    }
    // Callers may be told again what they sent, and nothing that AWS said beside the data that it was asked for.
    const told = answers
      .map(({ body }) => JSON.stringify(body))
      .filter(body => traitsIn(body, fromAwsGivenAway).length > 0);
    expect(told.slice(0, 3)).toEqual([]);
  });
});

it('a bug tells nothing of people either, whatever its error holds', async () => {
  const gateway = await startTestGateway({ METRICS_PORT: '0' });
  onTestFinished(() => gateway.stop());
  const bug = vi.spyOn(AwsClient.prototype, 'send');
  onTestFinished(() => bug.mockRestore());
  bug.mockImplementation(async () => {
    const cause = new SyntaxError(`Unexpected token in ${fromAws}\n    at hopper (lovelace.ts:1:1)`);
    throw Object.assign(new TypeError(`${fromAws}\n    at hopper (file.ts:1:1)`, { cause }), {
      input: fromAws,
    });
  });
  const answers = [];
  for (const { query, variables } of [...goodMutations(), ...goodReads(), ...fieldReads()]) {
    answers.push(await gateway.query(query, variables));
  }
  const traits = [...givenAway, ...fromAwsGivenAway];
  const bugs = gateway.log.filter(({ level }) => level === 50);
  expect(bugs.length).toBeGreaterThan(operations().length / 2);
  expect(bugs[0]).toMatchObject({
    err: { type: 'TypeError', stack: expect.stringMatching(/^at /), cause: { type: 'SyntaxError' } },
  });
  expect(gateway.log.filter(line => traitsIn(JSON.stringify(line), traits).length > 0)).toEqual([]);
  expect(answers.filter(answer => traitsIn(JSON.stringify(answer), fromAwsGivenAway).length > 0)).toEqual([]);
});

/** Has PostgreSQL refuse what is written to a table, in texts about somebody. */
const refusing = (table: string, when: string) => `
  create function vestibule.refuse_${table}() returns trigger language plpgsql as $$
    begin raise exception '${fromAws}' using detail = 'Failing row contains (${givenAway.join()}).', hint = '${fromAws}';
    end $$;
  create trigger refuse before ${when} on vestibule.${table}
    for each row execute function vestibule.refuse_${table}()`;

it('a database that refuses tells nothing of people either, whatever its error holds', async () => {
  const database = (await ownDatabase()).env.DATABASE_URL;
  const gateway = await startTestGateway({ METRICS_PORT: '0', DATABASE_URL: database });
  onTestFinished(() => gateway.stop());
  const keyed = goodMutations().filter(({ variables }) =>
    JSON.stringify(variables).includes('"idempotencyKey"'),
  );
  expect(keyed.length).toBeGreaterThan(10);
  const [first, ...others] = keyed as [PlantedRequest, ...PlantedRequest[]];
  const answers = [await gateway.query(first.query, first.variables)];
  // What came of a call cannot be written, and then, that there is a change.
  await sql(database, refusing('call', 'update'));
  for (const { query, variables } of others) answers.push(await gateway.query(query, variables));
  await sql(database, refusing('change', 'insert'));
  for (const { query, variables } of keyed) answers.push(await gateway.query(query, variables));

  const told = gateway.log.filter(({ msg }) => msg === 'The database could not be used.');
  // The same cause is told once within a while.
  expect(told).toMatchObject([
    { level: 40, err: { code: 'P0001', severity: 'ERROR', stack: expect.stringMatching(/^at /) } },
  ]);
  const traits = [...givenAway, ...fromAwsGivenAway];
  expect(gateway.log.filter(line => traitsIn(JSON.stringify(line), traits).length > 0)).toEqual([]);
  expect(traitsIn(await (await fetch(gateway.metricsUrl ?? '')).text(), traits)).toEqual([]);
  expect(answers.filter(answer => traitsIn(JSON.stringify(answer), fromAwsGivenAway).length > 0)).toEqual([]);
});
