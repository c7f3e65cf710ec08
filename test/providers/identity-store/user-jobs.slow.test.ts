/** Users of identity stores in bulk. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  askForJob,
  askWithFile,
  endOfJob,
  exported,
  type JobGateway,
  runJob,
  startJobGateway,
} from '../../support/jobs.ts';

let gateway: JobGateway;
beforeAll(async () => {
  gateway = await startJobGateway({ PROTECTED_USERS: 'root-*, grace', MAX_DELETION_PERCENT: '50' });
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

const user = (userName: string, rest: object = {}) => ({
  userName,
  displayName: userName,
  name: { givenName: 'Given', familyName: 'Family' },
  ...rest,
});

const storeIds = { userId: expect.any(String) };

async function userNamed(userName: string) {
  const { data } = await gateway.query(
    `query ($userName: String!) { identityStoreUser(by: { userName: $userName }) { id userId title groups { edges { node { displayName } } } } }`,
    { userName },
  );
  return data.identityStoreUser;
}

describe('importIdentityStoreUsers', () => {
  it('creates users, and makes them members of groups', async () => {
    const job = await runJob(gateway, 'importIdentityStoreUsers', {
      source: {
        rows: [
          user('one'),
          user('two', { groups: [{ displayName: 'Engineers' }, { displayName: 'Analysts' }] }),
        ],
      },
    });
    const one = await userNamed('one');
    const two = await userNamed('two');
    expect(two).toMatchObject(storeIds);
    expect(
      two.groups.edges.map(({ node }: { node: { displayName: string } }) => node.displayName).toSorted(),
    ).toEqual(['Analysts', 'Engineers']);
    expect(job).toMatchObject({
      operation: 'importIdentityStoreUsers',
      state: 'COMPLETED',
      counts: { total: 2, succeeded: 2, failed: 0, invalid: 0, waiting: 0 },
      rows: [
        { position: 0, line: null, outcome: 'SUCCEEDED', action: 'CREATE', thingId: one.id, error: null },
        { position: 1, line: null, outcome: 'SUCCEEDED', action: 'CREATE', thingId: two.id, error: null },
      ],
    });
  });

  it('fails with users that exist, unless it is to skip or to update them', async () => {
    const row = user('ada', { title: 'Countess' });
    const ada = await userNamed('ada');
    const source = { rows: [row] };
    expect((await runJob(gateway, 'importIdentityStoreUsers', { source })).rows).toEqual([
      {
        position: 0,
        line: null,
        outcome: 'FAILED',
        action: null,
        thingId: null,
        error: {
          __typename: 'ConflictError',
          message: 'The identity store d-9067012345 already has a user with this userName or e-mail address.',
        },
      },
    ]);
    const done = { position: 0, line: null, outcome: 'SUCCEEDED', thingId: ada.id, error: null };
    const skipping = await runJob(gateway, 'importIdentityStoreUsers', { source, onExisting: 'SKIP' });
    expect(skipping.rows).toEqual([{ ...done, action: 'SKIP' }]);
    expect(await userNamed('ada')).toEqual(ada);
    const updating = await runJob(gateway, 'importIdentityStoreUsers', { source, onExisting: 'UPDATE' });
    expect(updating.rows).toEqual([{ ...done, action: 'UPDATE' }]);
    expect(await userNamed('ada')).toEqual({ ...ada, title: 'Countess' });
  });

  it('does nothing as long as a row has a fault, and tells each', async () => {
    const rows = [user('three'), { userName: 'x'.repeat(129) }, user('four', { title: 'x'.repeat(1025) })];
    const job = await runJob(gateway, 'importIdentityStoreUsers', { source: { rows } });
    expect(job).toMatchObject({
      state: 'INVALID',
      counts: { total: 3, invalid: 2, cancelled: 1, waiting: 0, succeeded: 0 },
    });
    expect(job.rows.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'CANCELLED',
      'INVALID',
      'INVALID',
    ]);
    expect(job.rows[2].error).toEqual({
      __typename: 'InvalidInputError',
      message: 'title must be at most 1024 characters long.',
      issues: [{ path: ['title'], message: 'title must be at most 1024 characters long.' }],
    });
    expect(gateway.calls()).toEqual([]);
    const skipping = await runJob(gateway, 'importIdentityStoreUsers', {
      source: { rows },
      skipInvalidRows: true,
    });
    expect(skipping).toMatchObject({ state: 'COMPLETED', counts: { total: 3, invalid: 2, succeeded: 1 } });
  });

  it('leaves protected users as they are, and takes no two rows for one user', async () => {
    const protectedRow = { source: { rows: [user('grace', { title: 'x' })] }, onExisting: 'UPDATE' };
    expect((await runJob(gateway, 'importIdentityStoreUsers', protectedRow)).rows).toMatchObject([
      {
        outcome: 'FAILED',
        error: { message: 'The user is protected by PROTECTED_USERS: bulk jobs leave it as it is.' },
      },
    ]);
    const twice = { source: { rows: [user('twice'), user('TWICE')] }, dryRun: true };
    expect(await runJob(gateway, 'importIdentityStoreUsers', twice)).toMatchObject({
      state: 'INVALID',
      rows: [{ outcome: 'CANCELLED' }, { error: { message: 'userName names the same as row 0 does.' } }],
    });
  });

  it('tells in a dry run what it would do, and does nothing', async () => {
    const rows = [user('five'), user('ada'), user('six', { groups: [{ displayName: 'Nobody' }] })];
    const job = await runJob(gateway, 'importIdentityStoreUsers', {
      source: { rows },
      dryRun: true,
      onExisting: 'SKIP',
    });
    expect(job).toMatchObject({
      state: 'PLANNED',
      dryRun: true,
      counts: { planned: 2, failed: 1, succeeded: 0 },
      rows: [
        { outcome: 'PLANNED', action: 'CREATE', thingId: null },
        { outcome: 'PLANNED', action: 'SKIP', thingId: (await userNamed('ada')).id },
        {
          outcome: 'FAILED',
          error: {
            __typename: 'NotFoundError',
            message: 'The identity store d-9067012345 has no group of the name that the row gives.',
          },
        },
      ],
    });
    expect(await userNamed('five')).toBeNull();
  });

  it('refuses a source without rows', async () => {
    expect(await askForJob(gateway, 'importIdentityStoreUsers', { source: { rows: [] } })).toEqual({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      message: 'source.rows must not be empty.',
      issues: [{ path: ['source', 'rows'], message: 'source.rows must not be empty.' }],
    });
  });
});

describe('updateIdentityStoreUsers', () => {
  it('changes users, but no protected ones', async () => {
    const rows = [
      { user: { userName: 'ada' }, title: 'Countess' },
      { user: { userName: 'grace' }, title: 'Admiral' },
      { user: { userName: 'nobody' }, title: 'Nobody' },
    ];
    const job = await runJob(gateway, 'updateIdentityStoreUsers', { source: { rows } });
    expect(await userNamed('ada')).toMatchObject({ title: 'Countess' });
    expect(job).toMatchObject({
      state: 'COMPLETED',
      counts: { succeeded: 1, failed: 2 },
      rows: [
        { outcome: 'SUCCEEDED', action: 'UPDATE', thingId: (await userNamed('ada')).id },
        {
          outcome: 'FAILED',
          error: {
            __typename: 'AccessDeniedError',
            message: 'The user is protected by PROTECTED_USERS: bulk jobs leave it as it is.',
          },
        },
        {
          outcome: 'FAILED',
          error: {
            __typename: 'NotFoundError',
            message: 'The identity store d-9067012345 has no such user.',
          },
        },
      ],
    });
  });
});

describe('deleteIdentityStoreUsers', () => {
  const rows = [
    { user: { userName: 'alan' } },
    { user: { userName: 'grace' } },
    { user: { email: 'ada@example.com' } },
  ];

  it('deletes users, but no protected ones, if the number is small or confirmed', async () => {
    const stopped = await runJob(gateway, 'deleteIdentityStoreUsers', { source: { rows } });
    expect(stopped).toMatchObject({
      state: 'STOPPED',
      reason:
        '2 of 3 users of the identity store d-9067012345 would be deleted, which is 66.7 %; more than 50 % are deleted only if confirmDeletions repeats the number. Nothing was deleted. Ask for another job, with confirmDeletions: 2, to have them deleted.',
      counts: { cancelled: 2, waiting: 0, failed: 1, succeeded: 0 },
    });
    const wrong = await runJob(gateway, 'deleteIdentityStoreUsers', {
      source: { rows },
      confirmDeletions: 3,
    });
    expect(wrong).toMatchObject({
      state: 'STOPPED',
      reason:
        '2 users of the identity store d-9067012345 would be deleted, and confirmDeletions says 3. Nothing was deleted. Ask for another job, with confirmDeletions: 2, to have them deleted.',
    });
    expect(await userNamed('alan')).not.toBeNull();
    const job = await runJob(gateway, 'deleteIdentityStoreUsers', { source: { rows }, confirmDeletions: 2 });
    expect(job).toMatchObject({
      state: 'COMPLETED',
      counts: { succeeded: 2, failed: 1 },
      rows: [
        { action: 'DELETE' },
        { outcome: 'FAILED', error: { __typename: 'AccessDeniedError' } },
        { action: 'DELETE' },
      ],
    });
    expect(await userNamed('alan')).toBeNull();
    expect(await userNamed('ada')).toBeNull();
    expect(await userNamed('grace')).not.toBeNull();
  });

  it('tells in a dry run what would go', async () => {
    const job = await runJob(gateway, 'deleteIdentityStoreUsers', { source: { rows }, dryRun: true });
    expect(job).toMatchObject({ state: 'PLANNED', counts: { planned: 2, failed: 1 } });
    expect(await userNamed('alan')).not.toBeNull();
  });
});

/** What names Ada in three ways, and Alan. */
async function references() {
  const { data } = await gateway.query(
    '{ identityStoreUser(by: { userName: "ada" }) { userId emails { value } } }',
  );
  const { userId, emails } = data.identityStoreUser;
  return [{ userId }, { email: emails[0].value }, { userName: 'alan' }, { userName: 'ada' }];
}

const sameBy = (column: string, place: string) => {
  const message = `${column} names the same as ${place} does.`;
  return {
    outcome: 'FAILED',
    action: null,
    thingId: null,
    error: { __typename: 'InvalidInputError', message, issues: [{ path: column.split('.'), message }] },
  };
};

describe('Rows that name one user in several ways', () => {
  const same = [sameBy('user.email', 'row 0'), sameBy('user.userName', 'row 0')];

  it('are one deletion, in a dry run, for the brake and for what is confirmed', async () => {
    const source = { rows: (await references()).map(named => ({ user: named })) };
    const planned = await runJob(gateway, 'deleteIdentityStoreUsers', { source, dryRun: true });
    expect(planned).toMatchObject({
      state: 'PLANNED',
      counts: { planned: 2, failed: 2 },
      rows: [{ action: 'DELETE' }, same[0], { action: 'DELETE' }, same[1]],
    });
    const stopped = await runJob(gateway, 'deleteIdentityStoreUsers', { source });
    expect(stopped.reason).toMatch(/^2 of 3 users/);
    const done = await runJob(gateway, 'deleteIdentityStoreUsers', { source, confirmDeletions: 2 });
    expect(done).toMatchObject({
      state: 'COMPLETED',
      counts: { succeeded: 2, failed: 2 },
      rows: [{ action: 'DELETE' }, same[0], { action: 'DELETE' }, same[1]],
    });
  });

  it('are one change, of which the first row is performed', async () => {
    const rows = (await references()).map((named, at) => ({ user: named, title: `Title ${at}` }));
    const job = await runJob(gateway, 'updateIdentityStoreUsers', { source: { rows } });
    expect(job.rows).toMatchObject([{ action: 'UPDATE' }, same[0], { action: 'UPDATE' }, same[1]]);
    expect(await userNamed('ada')).toMatchObject({ title: 'Title 0' });
  });

  it('are the same when rows are tried again, whichever of them was performed', async () => {
    const [byId, , , byName] = await references();
    gateway.localAws.faults.add({
      operation: 'GetUserId',
      times: 1,
      effect: { type: 'exception', name: 'AccessDeniedException' },
    });
    const rows = [
      { user: byName, title: 'By name' },
      { user: byId, title: 'By id' },
    ];
    const job = await runJob(gateway, 'updateIdentityStoreUsers', { source: { rows } });
    expect(job.rows).toMatchObject([{ error: { __typename: 'AccessDeniedError' } }, { action: 'UPDATE' }]);
    await gateway.query('mutation ($id: ID!) { retryJob(input: { id: $id }) { __typename } }', {
      id: job.id,
    });
    const { rows: again } = await endOfJob(gateway, job.id);
    expect(again).toMatchObject([sameBy('user.userName', 'row 1'), { action: 'UPDATE' }]);
    expect(await userNamed('ada')).toMatchObject({ title: 'By id' });
  });

  it('are told by their lines when they come in a file, also when many are planned at a time', async () => {
    const [{ userId } = {}] = await references();
    const rows = Array.from({ length: 60 }, (_, at) => `user-${at},`);
    const text = ['user.userName,user.userId', 'ada,', ...rows, `,${userId}`, ''].join('\r\n');
    const { job } = await askWithFile(
      gateway,
      'deleteIdentityStoreUsers',
      { dryRun: true },
      { format: 'csv', text },
    );
    expect(await endOfJob(gateway, job.id)).toMatchObject({ counts: { planned: 1, failed: 61 } });
    const last = (await endOfJob(gateway, job.id)).rows.at(-1);
    expect(last).toMatchObject({ line: 63, ...sameBy('user.userId', 'line 2') });
  });
});

const email = (value: string) => ({ emails: [{ value }] });
const trialOf = (row: object) => ({ dryRun: true, source: { rows: [row] } });

describe('A dry run', () => {
  it('of an import knows of e-mail addresses that others have', async () => {
    const rows = [
      user('seven', email('ADA@example.com')),
      user('ada', email('ada@example.com')),
      user('alan', email('grace@example.com')),
      user('eight', email('eight@example.com')),
    ];
    for (const onExisting of ['SKIP', 'UPDATE']) {
      gateway.localAws.reset();
      // One row each, for a fault is what two rows with one address are.
      for (const row of rows) {
        const input = { onExisting, source: { rows: [row] } };
        const [planned] = (await runJob(gateway, 'importIdentityStoreUsers', { ...input, dryRun: true }))
          .rows;
        const [done] = (await runJob(gateway, 'importIdentityStoreUsers', input)).rows;
        expect([planned.action, planned.error]).toEqual([done.action, done.error]);
      }
    }
    const twice = {
      source: { rows: [user('nine', email('x@example.com')), user('ten', email('X@example.com'))] },
    };
    expect(await runJob(gateway, 'importIdentityStoreUsers', twice)).toMatchObject({
      state: 'INVALID',
      rows: [
        { outcome: 'CANCELLED' },
        { error: { message: 'emails.0.value names the same as row 0 does.' } },
      ],
    });
  });

  it('knows of users and groups that there are not, when they are named by ids', async () => {
    const nobody = '00000000-0000-0000-0000-000000000000';
    const failed = { counts: { failed: 1 }, rows: [{ error: { __typename: 'NotFoundError' } }] };
    const byId = { user: { userId: nobody } };
    expect(await runJob(gateway, 'deleteIdentityStoreUsers', trialOf(byId))).toMatchObject(failed);
    expect(await runJob(gateway, 'updateIdentityStoreUsers', trialOf({ ...byId, title: 'x' }))).toMatchObject(
      failed,
    );
    const grouped = user('eleven', { groups: [{ groupId: nobody }] });
    expect(await runJob(gateway, 'importIdentityStoreUsers', trialOf(grouped))).toMatchObject(failed);
    // The number that a deletion goes by has none that there are not.
    const real = { source: { rows: [byId] }, confirmDeletions: 0 };
    expect(await runJob(gateway, 'deleteIdentityStoreUsers', real)).toMatchObject({
      state: 'COMPLETED',
      ...failed,
    });
  });
});

describe('exportIdentityStoreUsers', () => {
  it.each(['CSV', 'NDJSON'] as const)('writes %s that importIdentityStoreUsers reads', async format => {
    const before = await gateway.query(all);
    const job = await runJob(gateway, 'exportIdentityStoreUsers', { groups: true });
    expect(job).toMatchObject({
      state: 'COMPLETED',
      counts: { total: 3, succeeded: 3 },
      rows: [{ action: 'EXPORT' }, { action: 'EXPORT' }, { action: 'EXPORT' }],
    });
    const text = await exported(gateway, job.id, format);
    for (const userName of ['ada', 'alan', 'grace']) await deleteUser(userName);
    const file = { format: format.toLowerCase() as 'csv' | 'ndjson', text };
    const asked = await askWithFile(gateway, 'importIdentityStoreUsers', {}, file);
    expect(await endOfJob(gateway, asked.job.id)).toMatchObject({
      state: 'COMPLETED',
      counts: { succeeded: 3 },
    });
    expect(sorted(await gateway.query(all))).toEqual(sorted(before));
  });

  it('writes no groups unless they are asked for', async () => {
    const { id } = await runJob(gateway, 'exportIdentityStoreUsers', {});
    const rows = (await exported(gateway, id, 'NDJSON')).trim().split('\n');
    expect(rows.map(row => Object.keys(JSON.parse(row) as object).includes('groups'))).toEqual([
      false,
      false,
      false,
    ]);
  });
});

const all =
  '{ identityStoreUsers { edges { node { userName displayName nickName title emails { value type primary } name { givenName familyName } groups { edges { node { displayName } } } } } } }';

/** The users by their names, with their groups by theirs: both get new ids. */
function sorted({
  data,
}: {
  readonly data?: { readonly identityStoreUsers: { readonly edges: readonly Edge[] } };
}) {
  return data?.identityStoreUsers.edges
    .map(({ node }) => ({ ...node, groups: node.groups.edges.map(edge => edge.node.displayName).toSorted() }))
    .toSorted((one, other) => (one.userName < other.userName ? -1 : 1));
}

interface Edge {
  readonly node: {
    readonly userName: string;
    readonly groups: { readonly edges: readonly { readonly node: { readonly displayName: string } }[] };
  };
}

async function deleteUser(userName: string): Promise<void> {
  const { userId } = await userNamed(userName);
  await gateway.query(`mutation { deleteIdentityStoreUser(input: { userId: "${userId}" }) { __typename } }`);
}

const askWithLines = (name: string, input: object, lines: readonly string[]) =>
  askWithFile(gateway, name, input, { format: 'csv', text: lines.join('\r\n') });

/** The lines of a file of two users, with a further column perhaps. */
const linesOf = (column: string, ...cells: readonly string[]) => [
  `userName,displayName,name.givenName,name.familyName${column}`,
  ...['one', 'two'].map((name, at) => `${name},${name},Given,Family${cells[at] ?? ''}`),
];

describe('A file whose last line has no end', () => {
  const refused = {
    __typename: 'InvalidInputError',
    issues: [
      {
        path: ['source', 'csv'],
        message:
          'Line 3, the last one, has no line break at its end, so that nobody can tell whether the file was cut off: add one if it is whole.',
      },
    ],
  };

  it.each([
    ['deleteIdentityStoreUsers', {}, ['user.userName', 'ada', 'al']],
    ['deleteRekognitionUsers', { collectionId: 'employees' }, ['userId', 'ada', 'al']],
    ['updateIdentityStoreUsers', {}, ['user.userName,title', 'ada,Countess', 'alan,Ma']],
    [
      'changeGroupMemberships',
      {},
      ['change,user.userName,group.displayName', 'ADD,ada,Engineers', 'ADD,alan,Engineer'],
    ],
    ['importIdentityStoreUsers', { onExisting: 'UPDATE' }, linesOf('')],
    ['importIdentityStoreUsers', {}, linesOf(',groups.0.displayName', ',Engineers', ',Engineer')],
    ['importIdentityStoreUsers', {}, linesOf(',groups.0.displayName', ',Engineers', ',')],
    ['importIdentityStoreUsers', {}, linesOf(',title,groups.0.displayName', ',x,Engineers', ',x,')],
    [
      'importChimeUsers',
      { accountId: '6f1c2d3e-4b5a-4c6d-8e7f-901234567890', onExisting: 'UPDATE' },
      ['email', 'a@example.com', 'b@example.co'],
    ],
  ])('is refused for %s, which changes what is there or lets somebody in: %j', async (name, input, lines) => {
    expect(await askWithLines(name, input, lines)).toMatchObject(refused);
    expect(await askWithLines(name, input, [...lines, ''])).not.toMatchObject({
      __typename: 'InvalidInputError',
    });
  });

  it.each([
    ['importIdentityStoreUsers', { dryRun: true }, linesOf('')],
    ['importRekognitionUsers', { collectionId: 'employees', dryRun: true }, ['userId', 'one', 'two']],
  ])('is taken for %s, which creates', async (name, input, lines) => {
    expect(await askWithLines(name, input, lines)).toMatchObject({
      job: { counts: { total: 2, invalid: 0 } },
    });
  });
});

describe('A file', () => {
  const header = 'userName,displayName,name.givenName,name.familyName,emails.0.value,groups.0.displayName';

  it('of a spreadsheet is read: with a mark, CRLF and quotes', async () => {
    const text = `\uFEFF${header}\r\n"sheet","Sheet, the ""first""",Given,Family,sheet@example.com,Engineers\r\n`;
    const { job } = await askWithFile(gateway, 'importIdentityStoreUsers', {}, { format: 'csv', text });
    expect(await endOfJob(gateway, job.id)).toMatchObject({
      state: 'COMPLETED',
      rows: [{ line: 2, action: 'CREATE' }],
    });
    const { data } = await gateway.query('{ identityStoreUser(by: { userName: "sheet" }) { displayName } }');
    expect(data.identityStoreUser).toEqual({ displayName: 'Sheet, the "first"' });
  });

  it('has each fault told with its line and its column', async () => {
    const text = `${header}\none,One,Given,Family,,\n,Two,Given,,two@example.com,\n`;
    const { job } = await askWithFile(gateway, 'importIdentityStoreUsers', {}, { format: 'csv', text });
    const { state, rows } = await endOfJob(gateway, job.id);
    expect(state).toBe('INVALID');
    expect(rows[1]).toMatchObject({
      line: 3,
      outcome: 'INVALID',
      error: {
        issues: [
          { path: ['userName'], message: 'userName is required.' },
          { path: ['name', 'familyName'], message: 'name.familyName is required.' },
        ],
      },
    });
    expect(gateway.calls()).toEqual([]);
  });

  it.each([
    ['semicolons', `${header.replaceAll(',', ';')}\none;One;Given;Family;;\n`, /semicolons/],
    ['an unknown column', `${header},shoeSize\none,One,Given,Family,,,42\n`, /shoeSize/],
    ['no rows', `${header}\n`, /row/],
    ['an end that is cut off', `${header}\none,"One`, /quote/],
    ['a last line that breaks off', `${header}\none,One,Given`, /^Line 2, the last one, breaks off/],
  ])('with %s is refused as a whole', async (_what, text, words) => {
    const refused = await askWithFile(gateway, 'importIdentityStoreUsers', {}, { format: 'csv', text });
    expect(refused).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [{ path: ['source', 'csv'], message: expect.stringMatching(words) }],
    });
    expect(gateway.calls()).toEqual([]);
  });
});
