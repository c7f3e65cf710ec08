/** A gateway of a test's own: any free port, local AWS in memory, and queries that explain themselves. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, inject, onTestFailed, TestRunner } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { startGateway } from '../../src/gateway.ts';
import type { LocalAws } from '../../src/local-aws/index.ts';
import { expectPermitted, rememberCalls } from './permissions.ts';

export interface Answer {
  // The shape is the document's; the assertions check it.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data?: any;
  readonly errors?: readonly {
    message: string;
    path?: (string | number)[];
    extensions: Record<string, unknown>;
  }[];
  readonly extensions?: Record<string, unknown>;
}

export interface TestGateway {
  readonly url: string;
  readonly localAws: LocalAws;
  readonly metricsUrl: string | undefined;
  /** What was logged so far, parsed. */
  readonly log: readonly Record<string, unknown>[];
  /** Opens the file of the audit trail anew. */
  reopenAuditTrail(): Promise<void> | undefined;
  /** The operations of AWS that were called, in this order, since local AWS was as new. */
  calls(): string[];
  /** Runs a document over HTTP. If the test fails, it shows query, answer and request id. */
  query(document: string, variables?: object): Promise<Answer>;
  stop(): Promise<void>;
}

/**
 * Starts a gateway with local AWS.
 *
 * @param env As the environment variables of `npm start`.
 * @param ownActions The IAM actions that the test itself performs at local AWS.
 */
export async function startTestGateway(
  env: NodeJS.ProcessEnv = {},
  ownActions: readonly string[] = [],
): Promise<TestGateway> {
  const log: Record<string, unknown>[] = [];
  const logger = pino({ base: null }, { write: line => log.push(JSON.parse(line)) });
  // Keys of one gateway are none of another's, since their hashes differ; jobs and budgets would be.
  const database = {
    DATABASE_URL: inject('databaseUrl'),
    DATABASE_SECRET: randomUUID(),
    JOB_WORKERS: '0',
    SHARED_BUDGETS: 'off',
  };
  const config = readConfig({ PORT: '0', LOCAL_AWS_DATA: ':memory:', ...database, ...env });
  const gateway = await startGateway(config, { logger });
  if (!gateway.localAws) throw new Error('This helper is for gateways with local AWS.');
  const called = rememberCalls(gateway.localAws);
  return {
    url: gateway.url,
    localAws: gateway.localAws,
    metricsUrl: gateway.metricsUrl,
    log,
    reopenAuditTrail: () => gateway.auditTrail?.reopen(),
    calls: () => gateway.localAws?.requests.list().map(({ operation }) => operation) ?? [],
    query: (document, variables) => query(gateway.url, document, variables),
    stop: async () => {
      await gateway.stop();
      expectPermitted(called(), ownActions);
    },
  };
}

/** A gateway for the tests of a file, with a local AWS that is as new before each of them. */
export function useGateway(env: NodeJS.ProcessEnv = {}): TestGateway {
  const used = {} as TestGateway;
  beforeAll(async () => void Object.assign(used, await startTestGateway(env)));
  beforeEach(() => used.localAws.reset());
  afterAll(() => used.stop());
  return used;
}

async function query(url: string, document: string, variables?: object): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, variables }),
  });
  const text = await response.text();
  const exchange = {
    query: document,
    variables,
    status: response.status,
    requestId: response.headers.get('x-request-id'),
    answer: text,
  };
  // Of tests that run side by side, vitest cannot say which one asks.
  if (TestRunner.getCurrentTest()) onTestFailed(() => console.error('In the failed test:', exchange));
  return ofOnlyItem(JSON.parse(text) as Answer);
}

/** An answer to a batch, as `documentOf` asks for it: the refusal of its only item, or what else came of it. */
export function ofOnlyItem(answer: Answer): Answer {
  const { items, ...result } = answer.data?.result ?? {};
  if (!items) return answer;
  const [only, ...others] = items;
  const isRefused = only?.__typename.endsWith('Error') && others.length === 0;
  return { ...answer, data: { ...answer.data, result: isRefused ? only : result } };
}
