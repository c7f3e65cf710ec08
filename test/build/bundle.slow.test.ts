/** The production build, in which a part of the executor is another than in the sources. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCollector } from '../support/collector.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { spawnGateway } from '../support/process.ts';
import { scrape, valueOf } from '../support/prometheus.ts';

let folder: string;
let fromSources: TestGateway;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-build-'));
  await promisify(execFile)(process.execPath, ['build/build.ts', folder]);
  fromSources = await startTestGateway();
}, 60_000);
afterAll(async () => {
  await fromSources.stop();
  await rm(folder, { recursive: true, force: true });
});

const selections = `query Selections($withStatus: Boolean!, $collectionId: String!) {
  rekognitionCollection(collectionId: $collectionId) {
    first: users(first: 2) { edges { node { ...Names } } pageInfo { hasNextPage } }
    all: users { edges { cursor node { id ...Names userStatus @include(if: $withStatus) } } }
  }
  rekognitionUser(collectionId: $collectionId, userId: "ada") { ...Names ... on Node { __typename id } }
  again: rekognitionUser(collectionId: $collectionId, userId: "ada") { userId userId status: userStatus }
  providers { id }
}
fragment Names on RekognitionUser { userId ... @skip(if: $withStatus) { id } }`;

const mutations = `mutation Mutations($first: CreateRekognitionUserInput!, $second: CreateRekognitionUserInput!) {
  one: createRekognitionUser(input: $first) { __typename ... on Error { message } ...Created }
  two: createRekognitionUser(input: $second) { ... on Error { code } ...Created }
}
fragment Created on CreateRekognitionUserSuccess { user { userId userStatus } }`;

const userInput = (userId: string) => ({ collectionId: 'employees', userId });

it('answers as the sources do, with the right part of each list, fragment and alias', async () => {
  const bundle = spawnGateway({ PORT: '0', LOCAL_AWS_DATA: ':memory:' }, join(folder, 'main.mjs'));
  const url = (await bundle.url).replace(/\/graphql$/, '');
  const requests = [
    { query: selections, variables: { withStatus: true, collectionId: 'employees' } },
    { query: selections, variables: { withStatus: false, collectionId: 'employees' } },
    { query: selections, variables: { withStatus: true, collectionId: 'nothing' } },
    { query: selections, variables: { withStatus: true, collectionId: 'employees' } },
    { query: mutations, variables: { first: userInput('new'), second: userInput('ada') } },
    { query: mutations, variables: { first: userInput('ada'), second: userInput('newer') } },
  ];
  for (const request of requests) {
    const sent = json(JSON.stringify(request));
    const expected = await send(fromSources.url, sent);
    const { status, body } = await send(url, sent);
    expect({ status, body }).toEqual({ status: 200, body: withAnyRequestId(expected.body) });
  }
});

it('has metrics and traces, in files that are loaded when they are wanted', async () => {
  const collector = await startCollector();
  const bundle = spawnGateway(
    {
      PORT: '0',
      LOCAL_AWS_DATA: ':memory:',
      METRICS_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    },
    join(folder, 'main.mjs'),
  );
  await send(new URL(await bundle.url).origin, json(JSON.stringify({ query: '{ providers { id } }' })));
  const [, metrics] = /^Metrics for Prometheus are at (\S+)\.$/m.exec(bundle.stdout()) ?? [];
  const answered = { type: 'query', outcome: 'success' };
  expect(valueOf(await scrape(metrics), 'vestibule_graphql_requests_total', answered)).toBe(1);
  bundle.child.kill('SIGTERM');
  expect(await bundle.exit).toBe(0);
  expect(collector.spans()).toMatchObject([
    { name: 'query', attributes: { 'vestibule.outcome': 'success' } },
  ]);
  expect(bundle.stderr()).toBe('');
  const main = await readFile(join(folder, 'main.mjs'), 'utf8');
  expect(main).not.toMatch(/node_modules\/(?:prom-client|@opentelemetry)/);
});

/** AWS's ids of requests differ from one gateway to the other. */
function withAnyRequestId(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (name, value: unknown) =>
    name === 'requestId' && value !== null ? expect.any(String) : value,
  );
}
