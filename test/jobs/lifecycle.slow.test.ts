/** What becomes of bulk jobs: how they are cancelled, tried again, shared, repeated and kept. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import {
  askForJob,
  endOfJob,
  type JobGateway,
  jobNow,
  queryAs,
  runJob,
  startJobGateway,
} from '../support/jobs.ts';

const collectionId = 'employees';

function rows(count: number): readonly { readonly userId: string }[] {
  return Array.from({ length: count }, (_, at) => ({ userId: `user-${at}` }));
}

/** A field that asks for a job under a key. */
const keyed = (key: string) =>
  `importRekognitionUsers(input: { collectionId: "${collectionId}", source: { rows: [{ userId: "${key}" }] }, idempotencyKey: "${key}" }) { __typename }`;

describe('A bulk job', () => {
  let gateway: JobGateway;
  beforeAll(async () => {
    gateway = await startJobGateway();
  });
  beforeEach(() => gateway.localAws.reset());
  afterAll(() => gateway.stop());

  const change = async (name: 'cancelJob' | 'retryJob', id: string) => {
    const stem = name === 'cancelJob' ? 'CancelJob' : 'RetryJob';
    const { data } = await gateway.query(
      `mutation ($id: ID!) { ${name}(input: { id: $id }) { __typename ... on ${stem}Success { job { state } } ... on Error { message } } }`,
      { id },
    );
    return data[name];
  };

  const slow = (milliseconds: number, times: number) =>
    gateway.localAws.faults.add({
      operation: 'CreateUser',
      times,
      effect: { type: 'latency', milliseconds },
    });

  it('is cancelled between its rows: those under way are performed, and no further ones', async () => {
    slow(300, 100);
    const { job } = await askForJob(gateway, 'importRekognitionUsers', {
      collectionId,
      source: { rows: rows(100) },
    });
    while ((await jobNow(gateway, job.id)).counts.succeeded === 0) await setTimeout(50);
    expect(await change('cancelJob', job.id)).toEqual({
      __typename: 'CancelJobSuccess',
      job: { state: 'CANCELLING' },
    });
    const ended = await endOfJob(gateway, job.id);
    expect(ended).toMatchObject({ state: 'CANCELLED', counts: { total: 100, waiting: 0 } });
    expect(ended.counts.succeeded).toBeLessThan(100);
    expect(ended.counts.succeeded + ended.counts.cancelled).toBe(100);
    expect(gateway.calls().filter(name => name === 'CreateUser')).toHaveLength(ended.counts.succeeded);
    expect(await change('cancelJob', job.id)).toMatchObject({ job: { state: 'CANCELLED' } });
    // What was cancelled can be done after all.
    gateway.localAws.faults.clear();
    expect(await change('retryJob', job.id)).toMatchObject({ __typename: 'RetryJobSuccess' });
    expect(await endOfJob(gateway, job.id)).toMatchObject({ state: 'COMPLETED', counts: { succeeded: 100 } });
    expect(gateway.calls().filter(name => name === 'CreateUser')).toHaveLength(100);
  });

  it('performs those rows again that failed, and no others', async () => {
    gateway.localAws.faults.add({
      operation: 'CreateUser',
      times: 2,
      effect: { type: 'exception', name: 'AccessDeniedException' },
    });
    const job = await runJob(gateway, 'importRekognitionUsers', { collectionId, source: { rows: rows(5) } });
    expect(job).toMatchObject({ state: 'COMPLETED', counts: { succeeded: 3, failed: 2 } });
    expect(await change('cancelJob', job.id)).toEqual({
      __typename: 'ConflictError',
      message: 'The job has ended already.',
    });
    expect(await change('retryJob', job.id)).toMatchObject({ __typename: 'RetryJobSuccess' });
    expect(await endOfJob(gateway, job.id)).toMatchObject({
      state: 'COMPLETED',
      counts: { succeeded: 5, failed: 0 },
    });
    expect(gateway.calls().filter(name => name === 'CreateUser')).toHaveLength(7);
    expect(await change('retryJob', job.id)).toEqual({
      __typename: 'ConflictError',
      message: 'No row of the job can be performed again, or it has not ended yet.',
    });
  });

  it('waits with rows that AWS throttles, and performs them in the end', async () => {
    gateway.localAws.faults.add({
      operation: 'CreateUser',
      times: 30,
      effect: { type: 'throttle' },
    });
    const job = await runJob(gateway, 'importRekognitionUsers', { collectionId, source: { rows: rows(4) } });
    expect(job).toMatchObject({ state: 'COMPLETED', counts: { succeeded: 4, failed: 0 } });
  });

  it('erases what it was given of a row as soon as that succeeded', async () => {
    const secret = `planted-${randomUUID()}`;
    const named = (userName: string) => ({
      userName,
      displayName: secret,
      name: { givenName: secret, familyName: secret },
    });
    const source = { rows: [named(secret), { ...named(`${secret}-2`), groups: [{ displayName: secret }] }] };
    const job = await runJob(gateway, 'importIdentityStoreUsers', { source });
    expect(job).toMatchObject({ counts: { succeeded: 1, failed: 1 } });
    const kept = await gateway.database.sql<{ state: string; input: object | null }>(
      'select state, input from vestibule.job_row where job = $1 order by state',
      [job.jobId],
    );
    // The one that failed can be tried again.
    expect(kept).toEqual([
      { state: 'FAILED', input: expect.objectContaining({ displayName: secret }) },
      { state: 'SUCCEEDED', input: null },
    ]);
    const rest = await gateway.database.sql<{ text: string }>(
      `select coalesce(string_agg(t::text, ''), '') as text from (
        select row_to_json(job) as t from vestibule.job union all select row_to_json(call) from vestibule.call
        union all select row_to_json(change) from vestibule.change
        union all select row_to_json(r) from (select error, thing, action from vestibule.job_row) r) all_rows`,
    );
    expect(rest[0]?.text).not.toContain(secret);
    expect(JSON.stringify(gateway.log)).not.toContain(secret);
  });

  it('is received anew under its idempotencyKey when the process died that received it', async () => {
    const input = { collectionId, source: { rows: [{ userId: 'a b' }] }, idempotencyKey: randomUUID() };
    const { job } = await askForJob(gateway, 'importRekognitionUsers', input);
    const { jobId } = await jobNow(gateway, job.id);
    await gateway.database.sql(
      "update vestibule.job set state = 'RECEIVING', ended_at = null, holder = gen_random_uuid() where id = $1",
      [jobId],
    );
    expect((await askForJob(gateway, 'importRekognitionUsers', input)).job.id).toBe(job.id);
    expect(await jobNow(gateway, job.id)).toMatchObject({ state: 'INVALID', counts: { invalid: 1 } });
  });

  it.each([
    ['PLANNED', { dryRun: true }],
    ['STOPPED', { confirmDeletions: 3 }],
  ])('erases all that it was given when it ends as %s, which is not tried again', async (state, options) => {
    const source = { rows: ['ada', 'nobody-of-this-name'].map(userName => ({ user: { userName } })) };
    const job = await runJob(gateway, 'deleteIdentityStoreUsers', { source, ...options });
    expect(job).toMatchObject({ state, counts: { failed: 1 } });
    const kept = await gateway.database.sql(
      'select state from vestibule.job_row where job = $1 and input is not null',
      [job.jobId],
    );
    expect(kept).toEqual([]);
  });

  it('is the same one when it is asked for again under its idempotencyKey', async () => {
    const idempotencyKey = randomUUID();
    const input = { collectionId, source: { rows: rows(2) }, idempotencyKey };
    const { job } = await askForJob(gateway, 'importRekognitionUsers', input);
    expect((await askForJob(gateway, 'importRekognitionUsers', input)).job.id).toBe(job.id);
    expect(
      await askForJob(gateway, 'importRekognitionUsers', { ...input, source: { rows: rows(3) } }),
    ).toEqual({
      __typename: 'IdempotencyMismatchError',
      code: 'IDEMPOTENCY_MISMATCH',
      message:
        'This idempotencyKey was used before with another input. Repeat the same input, or choose a new key.',
    });
    expect(await endOfJob(gateway, job.id)).toMatchObject({ counts: { succeeded: 2 } });
    expect(gateway.calls().filter(name => name === 'CreateUser')).toHaveLength(2);
  });

  it('is told apart from others of a request by the name that the answer has for it', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await gateway.query(`mutation { ${keyed(second)} }`);
    const { extensions } = await gateway.query(`mutation { a: ${keyed(first)} b: ${keyed(second)} }`);
    expect(extensions?.['idempotency']).toEqual({ fields: { a: false, b: true }, replayed: true });
  });

  it('is named by the global id of a job alone', async () => {
    const { data } = await gateway.query(
      'mutation { cancelJob(input: { id: "x" }) { ... on InvalidInputError { issues { path message } } } }',
    );
    expect(data.cancelJob.issues).toEqual([{ path: ['id'], message: 'id must be the global id of a job.' }]);
  });

  it('has pages of its rows with some outcomes, in their order', async () => {
    const fields = 'edges { node { position outcome } } pageInfo { hasNextPage endCursor }';
    const input = {
      collectionId,
      source: { rows: [0, 1, 2, 3, 4].map(at => ({ userId: at % 2 ? 'no spaces' : `u${at}` })) },
    };
    const { id } = await runJob(gateway, 'importRekognitionUsers', input);
    const page = async (outcomes: string, after: string | null = null) => {
      const { data } = await gateway.query(
        `query ($id: ID!, $after: String) { node(id: $id) { ... on Job { rows(first: 3, after: $after, outcome: ${outcomes}) { ${fields} } } } }`,
        { id, after },
      );
      const { edges, pageInfo } = data.node.rows;
      return { rows: edges.map(({ node }: { node: object }) => Object.values(node).join(' ')), ...pageInfo };
    };
    const some = '[INVALID, CANCELLED, UNKNOWN, INVALID]';
    const first = await page(some);
    expect(first).toMatchObject({ rows: ['0 CANCELLED', '1 INVALID', '2 CANCELLED'], hasNextPage: true });
    expect(await page(some, first.endCursor)).toMatchObject({
      rows: ['3 INVALID', '4 CANCELLED'],
      hasNextPage: false,
    });
    expect(await page('[INVALID, UNKNOWN]')).toMatchObject({
      rows: ['1 INVALID', '3 INVALID'],
      hasNextPage: false,
    });
    expect(await page('[]')).toMatchObject({ rows: [], hasNextPage: false });
    expect(await page('null')).toMatchObject({ rows: ['0 CANCELLED', '1 INVALID', '2 CANCELLED'] });
  });

  it('has pages of jobs and of rows', async () => {
    const { id } = await runJob(gateway, 'importRekognitionUsers', {
      collectionId,
      source: { rows: rows(5) },
    });
    const page = async (after: string | null) => {
      const { data } = await gateway.query(
        `query ($id: ID!, $after: String) { node(id: $id) { ... on Job { rows(first: 2, after: $after, outcome: [SUCCEEDED]) { edges { node { position } } pageInfo { hasNextPage endCursor } } } } }`,
        { id, after },
      );
      const { edges, pageInfo } = data.node.rows;
      return {
        positions: edges.map((edge: { node: { position: number } }) => edge.node.position),
        ...pageInfo,
      };
    };
    const first = await page(null);
    const second = await page(first.endCursor);
    const third = await page(second.endCursor);
    expect([first, second, third].map(({ positions, hasNextPage }) => [positions, hasNextPage])).toEqual([
      [[0, 1], true],
      [[2, 3], true],
      [[4], false],
    ]);
    const { errors } = await gateway.query('{ jobs(first: 0, after: "x") { edges { cursor } } }');
    expect(errors?.map(({ message }) => message)).toEqual([
      'first must be a whole number from 1 to 1000. after must be a cursor that this list gave out.',
    ]);
    const { data } = await gateway.query(
      '{ jobs(first: 1) { edges { node { id } } pageInfo { hasNextPage } } }',
    );
    expect(data.jobs).toEqual({ edges: [{ node: { id } }], pageInfo: { hasNextPage: true } });
  });
});

describe('A bulk job of somebody', () => {
  let issuer: TestIssuer;
  let gateway: JobGateway;
  beforeAll(async () => {
    issuer = await startIssuer();
    gateway = await startJobGateway(issuer.env);
  });
  afterAll(async () => {
    await gateway.stop();
    await issuer.stop();
  });

  it.each([
    [
      'importIdentityStoreUsers',
      'onExisting: UPDATE, source: { rows: [{ userName: "x" }] }',
      'identity-store:users:create',
      'identity-store:users:update',
    ],
    [
      'importChimeUsers',
      'accountId: "x", onExisting: UPDATE, source: { rows: [{ username: "x" }] }',
      'chime:users:create',
      'chime:users:update',
    ],
  ])('%s needs a further scope to update', async (name, input, scope, further) => {
    const token = await issuer.token({ scope });
    const { data } = await queryAs(
      gateway,
      token,
      `mutation { ${name}(input: { ${input} }) { ... on Error { message } } }`,
    );
    expect(data[name]).toEqual({ message: `The caller lacks the scope "${further}".` });
  });

  it('has its rows refused that need a scope which the caller lacks', async () => {
    const token = await issuer.token({ scope: 'identity-store:users:create' });
    const row =
      '{ userName: "x", displayName: "x", name: { givenName: "x", familyName: "x" }, groups: [{ displayName: "Engineers" }] }';
    const { data } = await queryAs(
      gateway,
      token,
      `mutation { importIdentityStoreUsers(input: { source: { rows: [${row}] } }) { ... on ImportIdentityStoreUsersSuccess { job { state rows { edges { node { error { message } } } } } } } }`,
    );
    expect(data.importIdentityStoreUsers.job).toEqual({
      state: 'INVALID',
      rows: {
        edges: [
          { node: { error: { message: 'The caller lacks the scope "identity-store:memberships:create".' } } },
        ],
      },
    });
  });
});
