/** The metrics, as Prometheus reads them. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { providers } from '../../src/providers/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { namedDocuments } from '../../src/server/exchange.ts';
import { routeNames } from '../../src/server/exchange-listener.ts';
import { outcomes } from '../../src/server/outcome.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { json, send } from '../support/http.ts';
import { guardNames } from '../support/own-guards.ts';
import { spawnGateway } from '../support/process.ts';
import { scrape, valueOf } from '../support/prometheus.ts';

let gateway: TestGateway;
beforeEach(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '2');
  gateway = await startTestGateway({
    METRICS_PORT: '0',
    AWS_BUDGETS: 'rekognition:CreateUser=1000,identitystore=1000',
  });
});
afterEach(() => gateway.stop());

const create = (userId: string) => `mutation {
  createRekognitionUser(input: {collectionId: "employees", userId: "${userId}"}) { __typename }
}`;
const mutation = { operation: 'Mutation.createRekognitionUser' };
const createUser = { service: 'rekognition', operation: 'CreateUser' };

async function values(...wanted: readonly (readonly [name: string, labels?: Record<string, string>])[]) {
  const samples = await scrape(gateway.metricsUrl);
  return wanted.map(([name, labels]) => valueOf(samples, name, labels));
}

describe('the metrics', () => {
  it('count requests, operations, errors, attempts, repeats and throttles', async () => {
    gateway.localAws.faults.add({ operation: 'CreateUser', times: 1, effect: { type: 'throttle' } });
    await gateway.query(create('one'));
    await gateway.query(create('one'));
    await gateway.query('{ nothing');
    await send(gateway.url, {
      ...json('{}'),
      headers: { 'content-type': 'text/plain', 'content-length': '2' },
    });
    await send(gateway.url, { method: 'GET', path: '/health' });
    expect(
      await values(
        ['vestibule_http_requests_total', { route: 'graphql', status: '200' }],
        ['vestibule_http_requests_total', { route: 'graphql', status: '415' }],
        ['vestibule_http_requests_total', { route: 'health', status: '200' }],
        ['vestibule_graphql_requests_total', { type: 'mutation', outcome: 'success' }],
        ['vestibule_graphql_requests_total', { type: 'mutation', outcome: 'refused' }],
        ['vestibule_graphql_requests_total', { type: 'none', outcome: 'rejected' }],
        ['vestibule_graphql_request_duration_seconds_count', { type: 'mutation' }],
        ['vestibule_guard_refusals_total', { guard: 'the type of the body' }],
        ['vestibule_operation_duration_seconds_count', mutation],
        ['vestibule_operation_errors_total', { ...mutation, code: 'CONFLICT' }],
        ['vestibule_aws_attempt_duration_seconds_count', createUser],
        ['vestibule_aws_attempt_failures_total', { ...createUser, failure: 'exception' }],
        ['vestibule_aws_retries_total', createUser],
        ['vestibule_aws_throttles_total', createUser],
        ['vestibule_aws_throttles_total', { service: 'chime', operation: 'CreateUser' }],
        ['vestibule_provider_state', { provider: 'rekognition', state: 'ready' }],
        ['vestibule_provider_state', { provider: 'chime', state: 'ready' }],
        ['vestibule_provider_state', { provider: 'chime', state: 'unknown' }],
      ),
    ).toEqual([3, 1, 1, 1, 1, 2, 2, 1, 2, 1, 3, 2, 1, 1, 0, 1, 0, 1]);
  });

  it('tell the time of operations and attempts', async () => {
    gateway.localAws.faults.add({ operation: 'CreateUser', effect: { type: 'latency', milliseconds: 60 } });
    await gateway.query(create('slow'));
    const [operationSum, below, attemptSum, attemptsBelow] = await values(
      ['vestibule_operation_duration_seconds_sum', mutation],
      ['vestibule_operation_duration_seconds_bucket', { ...mutation, le: '0.05' }],
      ['vestibule_aws_attempt_duration_seconds_sum', createUser],
      ['vestibule_aws_attempt_duration_seconds_bucket', { ...createUser, le: '0.05' }],
    );
    expect(operationSum).toBeGreaterThan(0.059);
    expect(attemptSum).toBeGreaterThan(0.059);
    expect(operationSum).toBeGreaterThanOrEqual(attemptSum ?? 0);
    expect([below, attemptsBelow]).toEqual([0, 0]);
  });

  it('tell the requests in flight, of which those of clients that left are none', async () => {
    gateway.localAws.faults.add({
      operation: 'CreateUser',
      effect: { type: 'latency', milliseconds: 60_000 },
    });
    const left = new AbortController();
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query: create('waiting') });
    const request = fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body, signal: left.signal });
    await expect.poll(() => gateway.localAws.requests.list()).toHaveLength(1);
    expect(await values(['vestibule_http_requests_in_flight'])).toEqual([1]);
    left.abort();
    await expect(request).rejects.toThrow();
    await expect.poll(() => values(['vestibule_http_requests_in_flight'])).toEqual([0]);
    gateway.localAws.faults.clear();
    await gateway.localAws.stop();
  });

  it('tell how many GraphQL requests are under way, of how many that may be, and which were refused', async () => {
    const full = await startTestGateway({ METRICS_PORT: '0', MAX_IN_FLIGHT: '1' });
    onTestFinished(() => full.stop());
    const inFlight = async () => {
      const samples = await scrape(full.metricsUrl);
      const guard = { guard: 'the requests in flight' };
      return [
        valueOf(samples, 'vestibule_graphql_requests_in_flight'),
        valueOf(samples, 'vestibule_graphql_requests_in_flight_limit'),
        valueOf(samples, 'vestibule_guard_refusals_total', guard),
      ];
    };
    full.localAws.faults.add({ operation: 'CreateUser', effect: { type: 'latency', milliseconds: 1_500 } });
    const slow = full.query(create('slow'));
    await expect.poll(() => full.localAws.requests.list()).toHaveLength(1);
    expect(await inFlight()).toEqual([1, 1, undefined]);
    expect(await full.query('{ __typename }')).toMatchObject({
      errors: [{ extensions: { code: 'OVERLOADED' } }],
    });
    expect(await inFlight()).toEqual([1, 1, 1]);
    await slow;
    await expect.poll(inFlight).toEqual([0, 1, 1]);
  });

  it('tell how much requests under way hold: the bytes of large bodies, and the values of large answers', async () => {
    const large = await startTestGateway({ METRICS_PORT: '0' });
    onTestFinished(() => large.stop());
    const held = async () => {
      const samples = await scrape(large.metricsUrl);
      return [
        valueOf(samples, 'vestibule_body_bytes_in_flight'),
        valueOf(samples, 'vestibule_answer_values_in_flight'),
      ];
    };
    large.localAws.faults.add({ operation: 'ListUsers', effect: { type: 'latency', milliseconds: 1_500 } });
    const document = '{ identityStoreUsers(first: 1000) { edges { node { id } } } }'.padEnd(70_000);
    const slow = large.query(document);
    await expect.poll(() => large.localAws.requests.list()).toHaveLength(1);
    const [jsonValues, tokens] = [2, 18];
    const body = JSON.stringify({ query: document }).length + jsonValues * 280;
    expect(await held()).toEqual([body + document.length * 2 + tokens * 240, 3_001]);
    await slow;
    await expect.poll(held).toEqual([0, 0]);
  });

  it('tell that the audit trail cannot be written, and when it can be again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-metrics-'));
    const path = join(folder, 'audit.log');
    symlinkSync('/dev/full', path);
    const audited = await startTestGateway({ METRICS_PORT: '0', AUDIT: path });
    onTestFinished(async () => {
      await audited.stop();
      rmSync(folder, { recursive: true });
    });
    const audit = async () => {
      const samples = await scrape(audited.metricsUrl);
      const failures = valueOf(samples, 'vestibule_audit_write_failures_total') ?? Number.NaN;
      return { failed: failures > 0, unwritten: valueOf(samples, 'vestibule_audit_unwritten') };
    };
    expect(await audit()).toEqual({ failed: false, unwritten: 0 });
    await audited.query(create('unaudited'));
    expect(await audit()).toEqual({ failed: true, unwritten: 1 });
    rmSync(path);
    await audited.reopenAuditTrail();
    await expect.poll(audit, { timeout: 10_000 }).toEqual({ failed: true, unwritten: 0 });
  });

  it('have those of the process and of its event loop', async () => {
    const [lag, cpu, memory] = await values(
      ['nodejs_eventloop_lag_p99_seconds'],
      ['process_cpu_seconds_total'],
      ['process_resident_memory_bytes'],
    );
    expect(lag).toBeGreaterThan(0);
    expect(cpu).toBeGreaterThan(0);
    expect(memory).toBeGreaterThan(10_000_000);
  });

  it('have no label but those that declarations and closed lists know', async () => {
    const aws = operations().flatMap(each => each.aws);
    const { data } = await gateway.query('{ __type(name: "ErrorCode") { enumValues { name } } }');
    const codes = data.__type.enumValues.map(({ name }: { name: string }) => name);
    const known: Readonly<Record<string, readonly unknown[]>> = {
      budget: ['identitystore', 'rekognition:CreateUser'],
      route: routeNames,
      status: Object.keys(STATUS_CODES),
      type: ['query', 'mutation', 'subscription', 'none'],
      outcome: outcomes,
      result: namedDocuments,
      guard: guardNames,
      operation: [...operations().map(({ coordinate }) => coordinate), ...aws.map(({ name }) => name)],
      code: [...codes, 'INTERNAL_SERVER_ERROR'],
      service: aws.map(({ service }) => service.model.service),
      failure: ['exception', 'unreadable', 'disconnected'],
      provider: providers.map(({ id }) => id),
      state: ['ready', 'unknown', 'failing', 'closed', 'halfOpen', 'open'],
      le: [/^[\d.]+$|^\+Inf$/],
    };
    for (const name of ['Ada', 'ada@example.com']) {
      for (const type of ['drop', 'throttle'] as const) {
        gateway.localAws.faults.add({ times: 2, effect: { type } });
        await gateway.query(`mutation ${name.replace(/\W/g, '_')} {
          ${name.replace(/\W/g, '')}: createRekognitionUser(input: {collectionId: "employees", userId: "${name}"}) { __typename }
        }`);
      }
      const custom = { type: 'exception', name } as const;
      gateway.localAws.faults.add({ times: 2, effect: { ...custom, name: name.replace(/\W/g, '') } });
      await gateway.query(`{ identityStoreUser(by: {userName: "${name}"}) { id } }`);
      await send(gateway.url, { ...json('{}', { 'content-type': `text/${name}` }), path: '/graphql' });
      await send(gateway.url, json(JSON.stringify({ documentId: name })));
      await send(gateway.url, { method: 'PROPFIND', path: `/${name}` });
      await send(gateway.url, { ...json(`{"query":"{ ${name}"}`), path: `/graphql?${name}` });
    }
    const samples = await scrape(gateway.metricsUrl);
    const own = samples.filter(({ name }) => name.startsWith('vestibule_'));
    const strange = own.flatMap(({ name, labels }) =>
      Object.entries(labels)
        .filter(
          ([label, value]) =>
            !known[label]?.some(each => (each instanceof RegExp ? each.test(value) : each === value)),
        )
        .map(([label, value]) => `${name}: ${label}=${value}`),
    );
    expect(new Set(own.flatMap(({ labels }) => Object.keys(labels)))).toEqual(new Set(Object.keys(known)));
    expect(strange).toEqual([]);
  });
});

describe('the address of the metrics', () => {
  it('is one of its own, which serves nothing else', async () => {
    const { origin } = new URL(gateway.metricsUrl ?? '');
    const page = await send(origin, { method: 'GET', path: '/metrics' });
    expect(page.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const sent of [{ method: 'GET', path: '/' }, { method: 'POST', path: '/metrics' }, json('{}')]) {
      expect(await send(origin, sent)).toMatchObject({ status: 404, body: 'The metrics are at /metrics.\n' });
    }
    expect(await send(gateway.url, { method: 'GET', path: '/metrics' })).toMatchObject({ status: 404 });
  });

  it('is not there unless it is asked for', async () => {
    const other = spawnGateway({ PORT: '0', LOCAL_AWS_DATA: ':memory:' });
    await other.url;
    expect(other.stdout()).not.toContain('Metrics');
  });

  it('is told at the start, and is free again when the gateway has stopped', async () => {
    const other = spawnGateway({ PORT: '0', METRICS_PORT: '0', LOCAL_AWS_DATA: ':memory:' });
    await other.url;
    const [, url = ''] = /^Metrics for Prometheus are at (\S+)\.$/m.exec(other.stdout()) ?? [];
    expect(valueOf(await scrape(url), 'vestibule_http_requests_in_flight')).toBe(0);
    other.child.kill('SIGTERM');
    expect(await other.exit).toBe(0);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('ends the start when it is in use', async () => {
    const inUse = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void inUse.close());
    await new Promise(resolve => inUse.once('listening', resolve));
    const { port } = inUse.address() as AddressInfo;
    const other = spawnGateway({ PORT: '0', METRICS_PORT: String(port), LOCAL_AWS_DATA: ':memory:' });
    await expect(other.url).rejects.toThrow();
    expect(await other.exit).toBe(1);
    expect(other.stderr()).toBe(
      `The metrics cannot be served at METRICS_HOST="127.0.0.1" and METRICS_PORT=${port}: EADDRINUSE.\n`,
    );
  });
});
