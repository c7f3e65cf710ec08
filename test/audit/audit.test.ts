/** What is taken down of changes: each of them, before it is sent and before it is answered, and no personal data. */
import {
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { auditedIds } from '../../scripts/docs/audit-table.ts';
import { isSettled } from '../../src/adapter/settling.ts';
import { providers } from '../../src/providers/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { type Change, changes, documentOf, mutationNamed, runMutation } from '../support/mutations.ts';

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'audit.log');
}

async function start(env: NodeJS.ProcessEnv): Promise<TestGateway> {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  const gateway = await startTestGateway(env);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    return gateway.stop();
  });
  return gateway;
}

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Record<string, unknown>);

const createUser = mutationNamed('createRekognitionUser');
const create = (gateway: TestGateway, userId: string) =>
  runMutation(gateway, 'createRekognitionUser', { collectionId: 'employees', userId });

const SUCCESS = { __typename: 'CreateRekognitionUserSuccess' };
const NOT_AUDITED = {
  __typename: 'ProviderFailureError',
  message:
    'Amazon Rekognition was not called, because this gateway cannot write its audit trail. Nothing was changed.',
  code: 'PROVIDER_FAILURE',
  providerCode: null,
  requestId: null,
  retryable: true,
};

test('A change is two lines: its intent, and what it came to', async () => {
  const file = temporaryFile();
  const gateway = await start({ AUDIT: file });
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'of-the-caller' },
    body: JSON.stringify({ query: documentOf(createUser), variables: { input: createUser.input } }),
  });
  expect(await response.json()).toEqual({ data: { result: SUCCESS } });
  const [intent, outcome, ...others] = linesOf(file);
  const facts = {
    type: 'audit',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    requestId: 'of-the-caller',
    principal: 'anonymous',
    mutation: 'createRekognitionUser',
    provider: 'rekognition',
    operation: 'CreateUser',
    ids: createUser.input,
  };
  expect(others).toEqual([]);
  expect(intent).toEqual({ ...facts, event: 'intent' });
  const [call] = gateway.localAws.requests.list();
  expect(outcome).toEqual({
    ...facts,
    event: 'outcome',
    id: intent?.['id'],
    outcome: 'success',
    awsRequestId: call?.requestId,
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('The ids that AWS gives are in the outcome, and each mutation of a request is named', async () => {
  const file = temporaryFile();
  const gateway = await start({ AUDIT: file });
  const { data } = await gateway.query(`mutation {
    user: createIdentityStoreUser(input: { userName: "rosalind", displayName: "R", name: { givenName: "R", familyName: "F" } }) {
      ... on CreateIdentityStoreUserSuccess { user { userId } }
    }
    rekognition: createRekognitionUser(input: { collectionId: "employees", userId: "rosalind" }) { __typename }
  }`);
  const { userId } = data.user.user;
  const outcomes = linesOf(file).filter(({ event }) => event === 'outcome');
  expect(outcomes.map(({ mutation, ids }) => ({ mutation, ids }))).toEqual([
    { mutation: 'createIdentityStoreUser', ids: { identityStoreId: 'd-9067012345', userId } },
    { mutation: 'createRekognitionUser', ids: { collectionId: 'employees', userId: 'rosalind' } },
  ]);
});

test('The ids are those that AWS knows things by, in the lists of batches', () => {
  expect(Object.fromEntries(audited)).toEqual({
    'Amazon Rekognition': [
      'associatedFaces',
      'collectionArn',
      'collectionId',
      'deletedFaces',
      'disassociatedFaces',
      'faceId',
      'faceIds',
      'faceRecords',
      'imageId',
      'resourceArn',
      'unsuccessfulFaceAssociations',
      'unsuccessfulFaceDeletions',
      'unsuccessfulFaceDisassociations',
      'userId',
    ],
    'IAM Identity Center': ['groupId', 'identityStoreId', 'membershipId', 'userId'],
    'Amazon Chime': [
      'accountId',
      'awsAccountId',
      'inviteId',
      'invites',
      'updateUserRequestItems',
      'userErrors',
      'userId',
      'userIdList',
    ],
    'Amazon Chime SDK Identity': ['appInstanceAdminArn', 'appInstanceArn', 'appInstanceUserArn', 'arn'],
  });
});

/** All texts of an input that are no ids. */
function personal(input: unknown, name = ''): string[] {
  if (typeof input === 'string') return isAudited(name) ? [] : [input];
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([key, value]) => personal(value, Array.isArray(input) ? name : key));
}

const audited = auditedIds(providers, operations());

/** The names of this API for what AWS has under others count as ids too, and what stands in an ARN. */
function isAudited(name: string): boolean {
  return /^(?:userIds|groupIds|appInstanceUserId)$/.test(name) || [...audited.values()].flat().includes(name);
}

const faults = {
  success: undefined,
  refused: { type: 'exception', name: 'AccessDeniedException' },
  unknown: { type: 'drop', when: 'after' },
  settled: { type: 'drop', when: 'after' },
} as const;

/** What AWS recognises by a key is found out, and what its mutation may look for. */
function isFoundOut({ effect, mutation }: Change): boolean {
  return (
    isSettled(effect) &&
    (effect === 'repeatableChange' || mutation.aws.some(operation => operation.effect === 'read'))
  );
}

describe.each(Object.entries(faults))('Of a change that is %s', (what, effect) => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-audit-'));
  const file = join(folder, 'audit.log');
  let gateway: TestGateway;
  beforeAll(async () => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
    const settling = what === 'settled' ? {} : { SETTLE_TIMEOUT_MS: '0' };
    gateway = await startTestGateway({ AUDIT: file, AWS_BREAKER_FAILURES: '0', ...settling });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await gateway.stop();
    rmSync(folder, { recursive: true });
  });

  const those = what === 'settled' ? changes.filter(isFoundOut) : changes;
  test.each(those)('$operation by $field tells the outcome and no personal data', async change => {
    gateway.localAws.reset();
    truncateSync(file);
    const idempotencyKey = `planted-key-${change.operation}`;
    const input = { ...change.mutation.input, idempotencyKey };
    if (effect) strike(gateway, change, effect);
    const document = documentOf(change.mutation).replaceAll(
      '... on Error {',
      '... on ProviderFailureError { outcomeUnknown } ... on Error {',
    );
    const answer = JSON.stringify(await gateway.query(document, { input }));
    // The caller is told the same, in a field for programs.
    expect(answer.includes('"outcomeUnknown":true')).toBe(what === 'unknown');
    const text = readFileSync(file, 'utf8');
    for (const planted of [...personal(input), idempotencyKey]) expect(text).not.toContain(planted);
    const outcome = linesOf(file).find(({ event }) => event === 'outcome');
    const settled = what === 'settled' ? true : undefined;
    expect({ outcome: outcome?.['outcome'], settled: outcome?.['settled'] }).toEqual({
      outcome: what === 'settled' ? 'success' : what,
      settled,
    });
    expect(outcome?.['code']).toBe(
      { refused: 'ACCESS_DENIED', unknown: 'PROVIDER_FAILURE', success: undefined, settled: undefined }[what],
    );
  });
});

function strike(gateway: TestGateway, { service, operation }: Change, effect: object) {
  gateway.localAws.faults.add({ service, operation, times: 1, effect } as never);
}

test('What reads leaves no line', async () => {
  const file = temporaryFile();
  const gateway = await start({ AUDIT: file });
  await gateway.query('{ rekognitionUser(collectionId: "employees", userId: "ada") { userId } }');
  expect(gateway.localAws.requests.list()).not.toEqual([]);
  expect(readFileSync(file, 'utf8')).toBe('');
});

test('A full disk fails changes before they are sent, and the log shouts', async () => {
  const gateway = await start({ AUDIT: '/dev/full' });
  expect(await create(gateway, 'one')).toEqual(NOT_AUDITED);
  expect(await create(gateway, 'two')).toEqual(NOT_AUDITED);
  expect(gateway.localAws.requests.list()).toEqual([]);
  expect(gateway.log).toContainEqual(
    expect.objectContaining({
      level: 60,
      msg: 'The audit trail cannot be written: no changes are made until it can be.',
    }),
  );
});

test('An outcome that cannot be written is answered truly, kept and written later; nothing is changed meanwhile', async () => {
  const path = temporaryFile();
  const [disk, full] = [`${path}.disk`, '/dev/full'];
  const link = (target: string) => {
    rmSync(path, { force: true });
    symlinkSync(target, path);
  };
  writeFileSync(disk, '');
  link(disk);
  const gateway = await start({ AUDIT: path });
  gateway.localAws.faults.add({ times: 1, effect: { type: 'latency', milliseconds: 1_000 } });
  const answer = create(gateway, 'one');
  await expect.poll(() => gateway.localAws.requests.list(), { timeout: 10_000 }).toHaveLength(1);
  link(full);
  await gateway.reopenAuditTrail();
  expect(await answer).toEqual(SUCCESS);
  expect(await create(gateway, 'two')).toEqual(NOT_AUDITED);
  expect(gateway.localAws.requests.list()).toHaveLength(1);

  link(disk);
  await gateway.reopenAuditTrail();
  await expect.poll(() => create(gateway, 'three'), { timeout: 10_000 }).toEqual(SUCCESS);
  expect(
    linesOf(disk).map(({ event, outcome, ids }) => [event, outcome, (ids as { userId: string }).userId]),
  ).toEqual([
    ['intent', undefined, 'one'],
    ['outcome', 'success', 'one'],
    ['intent', undefined, 'three'],
    ['outcome', 'success', 'three'],
  ]);
});

test('Concurrent changes share writes and lose no line, while the file is moved away', async () => {
  const file = temporaryFile();
  const gateway = await start({ AUDIT: file, AUDIT_FSYNC: 'on' });
  const ids = Array.from({ length: 60 }, (_, index) => `user-${index}`);
  const answers = ids.map(id => create(gateway, id));
  await answers[0];
  renameSync(file, `${file}.1`);
  await gateway.reopenAuditTrail();
  expect(await Promise.all([...answers, create(gateway, 'last')])).toEqual(
    [...ids, 'last'].map(() => SUCCESS),
  );
  const lines = [...linesOf(`${file}.1`), ...linesOf(file)];
  const done = lines
    .filter(({ event }) => event === 'outcome')
    .map(({ ids: native }) => (native as { userId: string }).userId);
  expect(lines).toHaveLength(122);
  expect(new Set(done)).toEqual(new Set([...ids, 'last']));
  expect(linesOf(file).length).toBeGreaterThan(0);
});

test('A line that a crash has torn does not spoil the next', async () => {
  const file = temporaryFile();
  writeFileSync(file, '{"type":"audit","ev');
  const gateway = await start({ AUDIT: file });
  expect(await create(gateway, 'one')).toEqual(SUCCESS);
  const [torn, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(torn).toBe('{"type":"audit","ev');
  expect(lines.map(line => (JSON.parse(line) as { event: string }).event)).toEqual(['intent', 'outcome']);
});
