/** Traces, as a collector of OpenTelemetry's receives them. */
import { expect, it, vi } from 'vitest';
import { startCollector } from '../support/collector.ts';
import { startTestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { spawnGateway } from '../support/process.ts';
import { startRecordingServer } from '../support/recording-server.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const callersSpan = 'b7ad6b7169203331';
const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

const create = (userId: string) => `mutation Create {
  createRekognitionUser(input: {collectionId: "employees", userId: "${userId}"}) { __typename }
}`;

/** A gateway whose spans a collector gets. */
async function startTraced(env: NodeJS.ProcessEnv = {}) {
  const collector = await startCollector();
  const all = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    AWS_MAX_ATTEMPTS: '2',
    ...env,
  };
  // The SDKs read their own.
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  return { collector, gateway: await startTestGateway(all) };
}

it('each operation has a span in the trace of its caller, and each attempt of a call one in that', async () => {
  const { collector, gateway } = await startTraced();
  gateway.localAws.faults.add({ times: 1, effect: { type: 'throttle' } });
  const traceparent = `00-${traceId}-${callersSpan}-01`;
  await send(gateway.url, json(JSON.stringify({ query: create('new') }), { traceparent }));
  const [first, second] = gateway.localAws.requests.list();
  await gateway.stop();

  const spans = collector.spans();
  const operation = spans.find(({ kind }) => kind === SERVER);
  const common = {
    traceId,
    spanId: expect.stringMatching(/^[\da-f]{16}$/),
    milliseconds: expect.any(Number),
  };
  const attempt = {
    'rpc.system': 'aws-api',
    'rpc.service': 'rekognition',
    'rpc.method': 'CreateUser',
  };
  expect(spans).toEqual([
    {
      ...common,
      name: 'rekognition.CreateUser',
      kind: CLIENT,
      parentSpanId: operation?.spanId,
      status: ERROR,
      attributes: {
        ...attempt,
        'http.request.resend_count': 0,
        'aws.request_id': first?.requestId,
        'http.response.status_code': 500,
        'error.type': 'throttled',
      },
    },
    {
      ...common,
      name: 'rekognition.CreateUser',
      kind: CLIENT,
      parentSpanId: operation?.spanId,
      status: 0,
      attributes: { ...attempt, 'http.request.resend_count': 1, 'aws.request_id': second?.requestId },
    },
    {
      ...common,
      name: 'mutation Mutation.createRekognitionUser',
      kind: SERVER,
      parentSpanId: callersSpan,
      status: 0,
      attributes: {
        'vestibule.request_id': traceId,
        'vestibule.outcome': 'success',
        'vestibule.operations': ['Mutation.createRekognitionUser'],
        'graphql.operation.type': 'mutation',
        'graphql.operation.name': 'Create',
        'http.response.status_code': 200,
      },
    },
  ]);
  const attempts = spans.filter(({ kind }) => kind === CLIENT).map(({ milliseconds }) => milliseconds);
  expect(Math.min(...attempts)).toBeGreaterThan(0);
  expect(Math.max(...attempts)).toBeLessThan(operation?.milliseconds ?? 0);
  expect(collector.requests.map(({ path }) => path)).toEqual(['/v1/traces']);
  expect(collector.resources()).toMatchObject([{ 'service.name': 'vestibule' }]);
});

it('an operation without a trace begins one, which the log names', async () => {
  const { collector, gateway } = await startTraced({
    OTEL_SERVICE_NAME: 'door',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
  });
  gateway.localAws.faults.add({ effect: { type: 'drop' } });
  await gateway.query(
    '{ a: chimeAccounts { pageInfo { hasNextPage } } rekognitionCollections { pageInfo { hasNextPage } } }',
  );
  await gateway.query('{ nothing }');
  await gateway.stop();
  const spans = collector.spans().filter(({ kind }) => kind === SERVER);
  expect(spans).toMatchObject([
    {
      name: 'query',
      status: ERROR,
      attributes: {
        'vestibule.outcome': 'failed',
        'vestibule.operations': expect.arrayContaining([
          'Query.chimeAccounts',
          'Query.rekognitionCollections',
        ]),
        'error.type': 'PROVIDER_FAILURE',
      },
    },
    { name: 'GraphQL', status: 0, attributes: { 'vestibule.outcome': 'rejected' } },
  ]);
  const logged = gateway.log.filter(({ level }) => level === 30).map(line => line['traceId']);
  expect(spans.map(span => span.traceId)).toEqual(logged);
  expect(collector.resources()[0]).toMatchObject({
    'service.name': 'door',
    'deployment.environment': 'test',
  });
});

it('the sampler that OpenTelemetry is configured with decides', async () => {
  const { collector, gateway } = await startTraced({ OTEL_TRACES_SAMPLER: 'always_off' });
  const traceparent = `00-${traceId}-${callersSpan}-01`;
  await send(gateway.url, json(JSON.stringify({ query: create('new') }), { traceparent }));
  await gateway.stop();
  expect(collector.requests).toEqual([]);
  expect(gateway.log.at(-1)).toMatchObject({ requestId: traceId, outcome: 'success' });
});

it('calls to AWS carry the trace, beside the signature', async () => {
  const aws = await startRecordingServer((_request, response) => {
    response.writeHead(200, { 'x-amzn-requestid': 'an-id' }).end('{}');
  });
  const collector = await startCollector();
  const gateway = spawnGateway({
    PORT: '0',
    AWS_BACKEND: 'aws',
    AUTH: 'none',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  });
  const { origin } = new URL(await gateway.url);
  const traceparent = `00-${traceId}-${callersSpan}-01`;
  await send(origin, json(JSON.stringify({ query: create('new') }), { traceparent }));
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
  await aws.stop();
  const operation = collector.spans().find(({ kind }) => kind === SERVER);
  const [request] = aws.requests;
  expect(request?.headers['traceparent']).toBe(`00-${traceId}-${operation?.spanId}-01`);
  expect(request?.headers['authorization']).toMatch(/SignedHeaders=(?!.*traceparent)/);
});

it('a collector that does not answer keeps no gateway from stopping', async () => {
  const deaf = await startRecordingServer();
  const env = {
    PORT: '0',
    LOCAL_AWS_DATA: ':memory:',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${deaf.url}/spans`,
  };
  const gateway = spawnGateway(env);
  await send(new URL(await gateway.url).origin, json(JSON.stringify({ query: create('new') })));
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
  await deaf.stop();
  expect(deaf.requests.map(({ path, headers }) => [path, headers['content-type']])).toEqual([
    ['/spans', 'application/x-protobuf'],
  ]);
});

it('a collector that is not there is complained about in the log', async () => {
  const gone = await startRecordingServer();
  await gone.stop();
  const env = { PORT: '0', LOCAL_AWS_DATA: ':memory:', OTEL_EXPORTER_OTLP_ENDPOINT: gone.url };
  const gateway = spawnGateway({ ...env, OTEL_BSP_SCHEDULE_DELAY: '50', OTEL_EXPORTER_OTLP_TIMEOUT: '500' });
  await send(new URL(await gateway.url).origin, json(JSON.stringify({ query: create('new') })));
  await expect.poll(gateway.stdout, { timeout: 20_000 }).toContain('OpenTelemetry complains.');
});

it.each([
  [{ OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }],
  [{ OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }],
  [{}],
])('there are no traces with %o', async env => {
  const gateway = await startTestGateway(env);
  await gateway.query('{ __typename }');
  await gateway.stop();
  expect(gateway.log.at(-1)).not.toHaveProperty('traceId');
});

it('the console has spans when it is asked for them, and nothing of the texts that the trace came with', async () => {
  const gateway = spawnGateway({ PORT: '0', LOCAL_AWS_DATA: ':memory:', OTEL_TRACES_EXPORTER: 'console' });
  const headers = { traceparent: `00-${traceId}-${callersSpan}-01`, tracestate: 'vendor=lovelace' };
  await send(new URL(await gateway.url).origin, json('{"query":"{ __typename }"}', headers));
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
  expect(gateway.stdout()).toContain("name: 'query'");
  expect(gateway.stdout()).toContain(callersSpan);
  expect(gateway.stdout()).not.toContain('lovelace');
});

it('a wrong setting ends the start', async () => {
  const gateway = spawnGateway({
    OTEL_TRACES_EXPORTER: 'zipkin',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
  });
  await expect(gateway.url).rejects.toThrow();
  expect(await gateway.exit).toBe(1);
  expect(gateway.stderr()).toBe(
    [
      'OTEL_TRACES_EXPORTER="zipkin" is wrong: it must be one of otlp, console, none.',
      'OTEL_EXPORTER_OTLP_ENDPOINT="localhost:4318" is wrong: it must be a URL that begins with http:// or https://.',
      'OTEL_EXPORTER_OTLP_PROTOCOL="grpc" is wrong: it must be one of http/protobuf, http/json.',
      '',
    ].join('\n'),
  );
});
