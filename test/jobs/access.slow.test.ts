/** Who may see bulk jobs, have them tried again, and cancel them: who may ask for them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { operations } from '../../src/schema/operation/registry.ts';
import { inputLiteral } from '../support/everything.ts';
import { globalId } from '../support/global-ids.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { type JobGateway, queryAs, startJobGateway } from '../support/jobs.ts';
import { scrape, valueOf } from '../support/prometheus.ts';

let issuer: TestIssuer;
let gateway: JobGateway;
beforeAll(async () => {
  issuer = await startIssuer();
  gateway = await startJobGateway({
    ...issuer.env,
    PRINCIPAL_ID: 'subject',
    AUDIT: '/dev/null',
    METRICS_PORT: '0',
  });
});
afterAll(async () => {
  await gateway.stop();
  await issuer.stop();
});

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

const PATIENCE = { timeout: 20_000 };

interface Rights {
  readonly sub?: string | undefined;
  readonly client_id?: string;
  readonly scope: string;
  readonly resources?: readonly string[];
}

const as = async (rights: Rights, document: string): Promise<Loose> =>
  queryAs(gateway, await issuer.token({ sub: 'ada', ...rights }), document);

/** Asks for a job that is about something, and gives its id when it has ended. */
async function jobOf(rights: Rights, field: string, input: string): Promise<string> {
  const stem = field.charAt(0).toUpperCase() + field.slice(1);
  const { data } = await as(
    rights,
    `mutation { result: ${field}(input: { ${input} }) { ... on ${stem}Success { job { id } } ... on Error { message } } }`,
  );
  expect(data.result).toEqual({ job: { id: expect.any(String) } });
  const { id } = data.result.job;
  for (;;) {
    const now = await as({ ...rights, scope: '*' }, `{ node(id: "${id}") { ... on Job { state } } }`);
    if (/^(?:COMPLETED|INVALID|PLANNED|STOPPED)$/.test(now.data.node.state)) return id;
  }
}

/** All ways to a job, and what there is to see on them. */
async function seen(rights: Rights, id: string): Promise<readonly string[]> {
  const { data, errors = [] } = await as(
    rights,
    `{ node(id: "${id}") { ... on Job { id resultsUrl rows { edges { node { position } } } } } nodes(ids: ["${id}"]) { id } jobs { edges { node { id } } } }`,
  );
  const token = await issuer.token({ sub: 'ada', ...rights });
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'text/event-stream',
    },
    body: JSON.stringify({ query: `subscription { jobProgress(id: "${id}") { id } }` }),
  });
  const [event = ''] = /data: .*/.exec(await response.text()) ?? [];
  const ways = {
    node: data.node !== null,
    nodes: data.nodes[0] !== null,
    jobs: data.jobs.edges.some(({ node }: Loose) => node.id === id),
    jobProgress: event.includes(id),
  };
  // Of one's own job it is told what the token lacks.
  const code = 'sub' in rights ? 'NOT_FOUND' : 'ACCESS_DENIED';
  if (!ways.jobProgress) expect(event).toContain(`"code":"${code}"`);
  const told = errors.map(({ path, extensions }: Loose) => ({ path, code: extensions.code }));
  const refused = ways.node || 'sub' in rights ? [] : [['node'], ['nodes', 0]];
  expect(told).toEqual(refused.map(path => ({ path, code: 'ACCESS_DENIED' })));
  return Object.entries(ways).flatMap(([way, isOpen]) => (isOpen ? [way] : []));
}

const everywhere = ['node', 'nodes', 'jobs', 'jobProgress'];

const change = async (name: 'cancelJob' | 'retryJob', rights: Rights, id: string): Promise<Loose> =>
  (
    await as(
      rights,
      `mutation { ${name}(input: { id: "${id}" }) { __typename ... on Error { message } ... on AccessDeniedError { scope } } }`,
    )
  ).data[name];

const storeId = 'd-9067012345';
const group = (id: string) => `identity-store:${storeId}/group/${id}`;

describe('A job of a face collection', () => {
  const scope = 'rekognition:users:create';
  const input = 'collectionId: "employees", source: { rows: [{ userId: "one" }] }';
  let id: string;
  beforeAll(async () => {
    id = await jobOf({ scope: '*' }, 'importRekognitionUsers', input);
  });

  it.each<Rights>([
    { scope },
    { scope: '*' },
    { scope, resources: ['*'] },
    { scope, resources: ['rekognition:*'] },
    { scope, resources: ['chime:account/1', 'rekognition:collection/employees'] },
    { scope, resources: ['rekognition:coll*ployees'] },
    { sub: 'bob', scope: `${scope} jobs:read` },
    { sub: 'bob', scope: `${scope} jobs:*`, resources: ['rekognition:collection/employees'] },
  ])('is shown to who may ask for it: %j', async rights => {
    expect(await seen(rights, id)).toEqual(everywhere);
  });

  it.each<Rights>([
    { scope: '' },
    { scope: 'jobs:* audit:read' },
    { scope: 'rekognition:users:read rekognition:users:delete jobs:*' },
    { scope, resources: [] },
    { scope, resources: ['rekognition:collection/other'] },
    { scope, resources: ['rekognition:collection/employees-2', 'rekognition:collection/_mployees'] },
    { scope, resources: [`identity-store:*`] },
    { sub: 'bob', scope },
    { sub: undefined, client_id: 'ada', scope },
    { sub: 'bob', scope: 'jobs:*' },
    { sub: 'bob', scope: `${scope} jobs:*`, resources: ['rekognition:collection/other'] },
  ])('is shown to nobody else, on no way: %j', async rights => {
    expect(await seen(rights, id)).toEqual([]);
  });

  it.each([
    [{ scope: '' }, `The caller lacks the scope "${scope}".`],
    [
      { scope, resources: ['rekognition:collection/other'] },
      'The caller is limited to some resources, of which rekognition:collection/employees is none.',
    ],
  ])('tells on node and nodes who asked for it why it is not shown: %j', async (rights, message) => {
    const nothing = globalId('Job', '00000000-0000-4000-8000-000000000000');
    const document = `{ node(id: "${id}") { id } nodes(ids: ["${nothing}", "${id}"]) { id } }`;
    const error = { message, extensions: { code: 'ACCESS_DENIED', retryable: false } };
    expect(await as(rights, document)).toMatchObject({
      data: { node: null, nodes: [null, null] },
      errors: [
        { ...error, path: ['node'] },
        { ...error, path: ['nodes', 1] },
      ],
    });
    expect(await as({ ...rights, sub: 'bob' }, document)).toEqual({
      data: { node: null, nodes: [null, null] },
    });
  });

  it.each([
    [
      { scope: '' },
      { __typename: 'AccessDeniedError', message: `The caller lacks the scope "${scope}".`, scope },
    ],
    [
      { scope, resources: ['rekognition:collection/other'] },
      {
        __typename: 'AccessDeniedError',
        message:
          'The caller is limited to some resources, of which rekognition:collection/employees is none.',
        scope: null,
      },
    ],
    [
      { sub: 'bob', scope },
      { __typename: 'NotFoundError', message: 'There is no such job.' },
    ],
    [
      { sub: 'bob', scope: 'jobs:*' },
      { __typename: 'NotFoundError', message: 'There is no such job.' },
    ],
    [
      { sub: 'bob', scope: `${scope} jobs:read` },
      {
        __typename: 'AccessDeniedError',
        message: 'The caller lacks the scope "jobs:manage", which the jobs of others take.',
        scope: 'jobs:manage',
      },
    ],
    [
      { sub: 'bob', scope: `${scope} jobs:*`, resources: ['rekognition:collection/employees'] },
      { __typename: 'ConflictError' },
    ],
    [{ scope }, { __typename: 'ConflictError' }],
  ])('is cancelled and tried again by who may ask for it alone: %j', async (rights, expected) => {
    for (const name of ['cancelJob', 'retryJob'] as const) {
      expect(await change(name, rights, id)).toMatchObject(expected);
    }
  });
});

describe('A job that took more than its own scope', () => {
  const [create, update] = ['identity-store:users:create', 'identity-store:users:update'];
  const [add, remove] = ['identity-store:memberships:create', 'identity-store:memberships:delete'];
  const row = 'userName: "grace", displayName: "x", name: { givenName: "x", familyName: "x" }';

  it.each([
    [
      'importIdentityStoreUsers',
      `source: { rows: [{ ${row}, groups: [{ displayName: "Engineers" }] }] }`,
      [create, add],
    ],
    ['importIdentityStoreUsers', `onExisting: UPDATE, source: { rows: [{ ${row} }] }`, [create, update]],
    [
      'changeGroupMemberships',
      'source: { rows: [{ change: REMOVE, user: { userName: "ada" }, group: { displayName: "Engineers" } }] }',
      [add, remove],
    ],
    [
      'exportIdentityStoreUsers',
      'groups: true',
      ['identity-store:users:read', 'identity-store:memberships:read', 'identity-store:groups:read'],
    ],
  ])('is shown to who has all of that: %s with %s', async (field, input, scopes) => {
    const id = await jobOf({ scope: '*' }, field, input);
    expect(await seen({ scope: scopes.join(' ') }, id)).toEqual(everywhere);
    for (const missing of scopes) {
      const scope = scopes.filter(each => each !== missing).join(' ');
      expect(await seen({ scope }, id)).toEqual([]);
      expect(await change('retryJob', { scope }, id)).toEqual({
        __typename: 'AccessDeniedError',
        message: `The caller lacks the scope "${missing}".`,
        scope: missing,
      });
    }
  });
});

describe('A job of a token that is limited to groups', () => {
  const scope = 'identity-store:memberships:create';
  let [engineers, others, user] = ['', '', ''];
  beforeAll(async () => {
    const { data } = await as(
      { scope: '*' },
      '{ identityStoreGroups { edges { node { groupId } } } identityStoreUsers { edges { node { userId } } } }',
    );
    [engineers, others] = data.identityStoreGroups.edges.map(({ node }: Loose) => node.groupId);
    user = data.identityStoreUsers.edges.at(-1).node.userId;
  });

  const rowIn = (name: string) =>
    `source: { rows: [{ change: ADD, user: { userId: "${user}" }, group: { ${name} } }] }`;

  it('is shown to tokens that are limited to these, to more, or to all that it names', async () => {
    const id = await jobOf(
      { scope, resources: [group(engineers)] },
      'changeGroupMemberships',
      rowIn(`groupId: "${engineers}"`),
    );
    for (const resources of [
      undefined,
      [group(engineers)],
      [group(others), group(engineers)],
      [group('*')],
      [`identity-store:${storeId}`],
    ]) {
      expect(await seen({ scope, ...(resources && { resources }) }, id)).toEqual(everywhere);
    }
    for (const resources of [[group(others)], [`identity-store:${storeId}/user/*`], ['rekognition:*'], []]) {
      expect(await seen({ scope, resources }, id)).toEqual([]);
    }
  });

  it('cannot name a group otherwise than by its id, and is told why', async () => {
    const { data } = await as(
      { scope, resources: [group('*')] },
      `mutation { result: changeGroupMemberships(input: { ${rowIn('displayName: "Engineers"')} }) { ... on ChangeGroupMembershipsSuccess { job { state rows { edges { node { error { message } } } } } } } }`,
    );
    const message = `The caller is limited to some resources, of which identity-store:${storeId} is none.`;
    expect(data.result.job).toEqual({
      state: 'INVALID',
      rows: { edges: [{ node: { error: { message } } }] },
    });
  });

  it('is not shown to them if it was asked for with less bounds', async () => {
    const id = await jobOf({ scope }, 'changeGroupMemberships', rowIn(`groupId: "${engineers}"`));
    expect(await seen({ scope, resources: [group(engineers)] }, id)).toEqual([]);
    expect(await seen({ scope, resources: [`identity-store:${storeId}`] }, id)).toEqual(everywhere);
  });
});

describe('A job out of the bounds of the token', () => {
  const kinds = operations().filter(({ kind }) => kind === 'job');

  it.each(kinds.map(({ name }) => name))('is refused at once, and not kept: %s', async name => {
    const [input = ''] = /^\{(.*)\}$/s.exec(inputLiteral(name))?.slice(1) ?? [];
    const provider = kinds.find(kind => kind.name === name)?.provider ?? '';
    for (const resources of [
      [`${provider}:collection/other`, `${provider}:other`],
      ['chime-sdk-identity:*'],
      [],
    ]) {
      const { data } = await as(
        { sub: 'limited', scope: '*', resources },
        `mutation { result: ${name}(input: { ${input} }) { __typename ... on Error { message } } }`,
      );
      expect(data.result).toEqual({
        __typename: 'AccessDeniedError',
        message: expect.stringMatching(
          new RegExp(`^The caller is limited to some resources, of which ${provider}:\\S+ is none\\.$`),
        ),
      });
    }
    const rows = await gateway.database.sql(
      "select from vestibule.job where operation = $1 and authority ->> 'logName' = $2",
      [name, 'limited'],
    );
    expect(rows).toEqual([]);
  });
});

describe('A repeat of a request under its key', () => {
  it('gives the job to who may see it alone', async () => {
    const row =
      '{ userName: "katherine", displayName: "x", name: { givenName: "x", familyName: "x" }, groups: [{ displayName: "Engineers" }] }';
    const input = `idempotencyKey: "${randomUUID()}", source: { rows: [${row}] }`;
    const id = await jobOf({ scope: '*' }, 'importIdentityStoreUsers', input);
    expect(await jobOf({ scope: 'identity-store:*' }, 'importIdentityStoreUsers', input)).toBe(id);
    const { data } = await as(
      { scope: 'identity-store:users:create' },
      `mutation { importIdentityStoreUsers(input: { ${input} }) { __typename ... on Error { message } } }`,
    );
    expect(data.importIdentityStoreUsers).toEqual({
      __typename: 'AccessDeniedError',
      message: 'The caller lacks the scope "identity-store:memberships:create".',
    });
  });
});

/** The events of the audit trail about something, the oldest first. */
const events = async (nativeId: string) => {
  const { data } = await as(
    { sub: 'auditor', scope: 'audit:read' },
    `{ auditEvents(filter: { nativeId: "${nativeId}" }) { edges { node { principal kind mutation provider operation nativeIds outcome code } } } }`,
  );
  return data.auditEvents.edges.map(({ node }: Loose) => node).toReversed();
};
describe('A job that somebody else tries again', () => {
  const scope = 'rekognition:users:create';

  it('is performed in the name of who retries, as the audit trail, the log and the metrics tell', async () => {
    const userId = `of-${randomUUID()}`;
    gateway.localAws.faults.add({
      operation: 'CreateUser',
      times: 1,
      effect: { type: 'exception', name: 'AccessDeniedException' },
    });
    const id = await jobOf(
      { scope },
      'importRekognitionUsers',
      `collectionId: "employees", source: { rows: [{ userId: "${userId}" }] }`,
    );
    const bob = { sub: 'bob', scope: `${scope} jobs:*`, resources: ['rekognition:collection/employees'] };
    expect(await change('retryJob', bob, id)).toEqual({ __typename: 'RetryJobSuccess' });
    const now = async () =>
      (await as(bob, `{ node(id: "${id}") { ... on Job { jobId counts { succeeded } } } }`)).data.node;
    await expect.poll(now, PATIENCE).toMatchObject({ counts: { succeeded: 1 } });
    expect(await change('cancelJob', bob, id)).toMatchObject({ __typename: 'ConflictError' });
    const { jobId } = await now();

    const ofUser = {
      mutation: 'importRekognitionUsers',
      provider: 'rekognition',
      operation: 'CreateUser',
      nativeIds: { collectionId: 'employees', userId },
      outcome: null,
      code: null,
    };
    const ofJob = { principal: 'bob', provider: 'jobs', nativeIds: { jobId }, outcome: null, code: null };
    const retry = { ...ofJob, mutation: 'retryJob', operation: 'RetryJob' };
    const cancel = { ...ofJob, mutation: 'cancelJob', operation: 'CancelJob' };
    await expect
      .poll(() => events(userId))
      .toEqual([
        { ...ofUser, principal: 'ada', kind: 'INTENT' },
        { ...ofUser, principal: 'ada', kind: 'OUTCOME', outcome: 'REFUSED', code: 'ACCESS_DENIED' },
        { ...ofUser, principal: 'bob', kind: 'INTENT' },
        { ...ofUser, principal: 'bob', kind: 'OUTCOME', outcome: 'SUCCESS' },
      ]);
    await expect
      .poll(() => events(jobId))
      .toEqual([
        { ...retry, kind: 'INTENT' },
        { ...retry, kind: 'OUTCOME', outcome: 'SUCCESS' },
        { ...cancel, kind: 'INTENT' },
        { ...cancel, kind: 'OUTCOME', outcome: 'REFUSED', code: 'CONFLICT' },
      ]);
    for (const name of ['retryJob', 'cancelJob']) {
      expect(gateway.log).toContainEqual(
        expect.objectContaining({ principal: 'bob', coordinates: [`Mutation.${name}`] }),
      );
      const count = valueOf(await scrape(gateway.metricsUrl), 'vestibule_operation_duration_seconds_count', {
        operation: `Mutation.${name}`,
      });
      expect(count).toBeGreaterThan(0);
    }
    // It stays the job of who asked for it.
    expect(await seen({ scope }, id)).toEqual(everywhere);
    expect(await seen({ sub: 'bob', scope }, id)).toEqual([]);
  });
});

describe('The list of jobs', () => {
  it('has full pages of what is shown, and nothing between', async () => {
    const scope = 'rekognition:users:create';
    const pager = { sub: 'pager', scope: '*' };
    const kept: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      kept.unshift(
        await jobOf(
          pager,
          'importRekognitionUsers',
          'collectionId: "employees", dryRun: true, source: { rows: [{ userId: "a" }] }',
        ),
      );
      await jobOf(pager, 'exportRekognitionUsers', 'collectionId: "employees"');
    }
    const pages: string[][] = [];
    for (let after = ''; ; ) {
      const { data } = await as(
        { sub: 'pager', scope },
        `{ jobs(first: 2${after}) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
      );
      const { edges, pageInfo } = data.jobs;
      pages.push(edges.map(({ node }: Loose) => node.id));
      if (!pageInfo.hasNextPage) break;
      after = `, after: "${pageInfo.endCursor}"`;
    }
    expect(pages).toEqual([kept.slice(0, 2), kept.slice(2, 4), kept.slice(4)]);
  });
});

/** A gateway with such limits, and how it is asked for jobs. */
const quotas = async (limits: object, input: (at: number) => string) => {
  const limited = await startJobGateway({ ...issuer.env, ...limits });
  onTestFinished(() => limited.stop());
  const ask = async (sub: string, at: number): Promise<Loose> =>
    (
      await queryAs(
        limited,
        await issuer.token({ sub, scope: '*' }),
        `mutation { result: importRekognitionUsers(input: { collectionId: "employees", dryRun: true, ${input(at)} }) { __typename ... on Error { code message } } }`,
      )
    ).data.result;
  return ask;
};

describe('What a caller may have in jobs', () => {
  const success = { __typename: 'ImportRekognitionUsersSuccess' };
  const advice =
    'Nothing was done. Wait until some are deleted, JOB_HOURS after their end and exports EXPORT_HOURS, or have the limit raised.';
  const refusal = (message: string) => ({
    __typename: 'QuotaExceededError',
    code: 'QUOTA_EXCEEDED',
    message: `${message} ${advice}`,
  });

  it('is a number of jobs, those that have ended with them; a repeat is none, and others have theirs', async () => {
    const ask = await quotas(
      { MAX_CALLER_JOBS: '2' },
      at => `idempotencyKey: "key-${at}", source: { rows: [{ userId: "a" }] }`,
    );
    expect([await ask('ada', 1), await ask('ada', 2)]).toEqual([success, success]);
    expect(await ask('ada', 3)).toEqual(
      refusal('The caller has 2 bulk jobs, and may have 2 (MAX_CALLER_JOBS).'),
    );
    expect([await ask('ada', 2), await ask('bob', 1)]).toEqual([success, success]);
  });

  it('is a number of rows, those with faults with them', async () => {
    const ask = await quotas(
      { MAX_CALLER_ROWS: '3' },
      () => 'source: { rows: [{ userId: "no spaces" }, { userId: "b" }] }',
    );
    expect([await ask('ada', 1), await ask('ada', 2)]).toEqual([success, success]);
    expect(await ask('ada', 3)).toEqual(
      refusal('The caller has 4 rows in bulk jobs, and may have 3 (MAX_CALLER_ROWS).'),
    );
    expect(await ask('bob', 1)).toEqual(success);
  });
});

it('A repeat under the key of a job whose rows still come is refused', async () => {
  const idempotencyKey = randomUUID();
  const document = `mutation { result: importRekognitionUsers(input: { collectionId: "employees", idempotencyKey: "${idempotencyKey}", source: { rows: [{ userId: "a" }] } }) { __typename ... on ConflictError { reason message retryable } } }`;
  // A process that is alive, and still reads the file.
  const { JobStore } = await import('../../src/jobs/job-store.ts');
  const { promise: goOn, resolve } = Promise.withResolvers<void>();
  const add = vi.spyOn(JobStore.prototype, 'add');
  onTestFinished(() => add.mockRestore());
  add.mockImplementationOnce(() => goOn);
  const first = as({ scope: '*' }, document);
  await expect.poll(() => add.mock.calls.length, PATIENCE).toBe(1);
  expect((await as({ scope: '*' }, document)).data.result).toEqual({
    __typename: 'ConflictError',
    reason: 'REQUEST_IN_PROGRESS',
    message: expect.any(String),
    retryable: true,
  });
  // As long as its rows come, nobody sees it.
  expect(
    (await as({ sub: 'auditor', scope: '*' }, '{ jobs { edges { node { state } } } }')).errors,
  ).toBeUndefined();
  resolve();
  expect((await first).data.result).toEqual({ __typename: 'ImportRekognitionUsersSuccess' });
});
