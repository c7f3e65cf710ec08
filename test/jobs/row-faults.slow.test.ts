/** What is wrong with a row is told where the caller gave it: by its line, and by the name of its column. */
import { describe, expect, it } from 'vitest';
import { askWithFile, endOfJob, runJob, useJobGateway } from '../support/jobs.ts';

const gateway = useJobGateway({ MAX_DELETION_PERCENT: '100' });

const someId = '00000000-0000-0000-0000-000000000000';
const accountId = '6f1c2d3e-4b5a-4c6d-8e7f-901234567890';
const tooLong = 'x'.repeat(2_000);

/** Columns of a file, and the cells of a row that is right but for what is wrong at one of them. */
interface Case {
  readonly name: string;
  readonly input: object;
  readonly cells: Readonly<Record<string, string>>;
}

const newUser = { userName: 'new', displayName: 'New', 'name.givenName': 'New', 'name.familyName': 'User' };

/** What AWS says that it refuses, of the operation, and the column in which that stands. */
const refusedByAws: readonly (Case & {
  readonly operation: string;
  readonly named: string;
  readonly column: string;
})[] = [
  {
    name: 'importIdentityStoreUsers',
    input: {},
    cells: { ...newUser, 'emails.0.value': 'a@example.com' },
    operation: 'CreateUser',
    named: 'emails.1.member.value',
    column: 'emails.0.value',
  },
  {
    name: 'importIdentityStoreUsers',
    input: {},
    cells: newUser,
    operation: 'CreateUser',
    named: 'userName',
    column: 'userName',
  },
  {
    name: 'importIdentityStoreUsers',
    input: {},
    cells: { ...newUser, 'groups.0.displayName': 'Engineers' },
    operation: 'GetGroupId',
    named: 'alternateIdentifier.uniqueAttribute.attributeValue',
    column: 'groups.0.displayName',
  },
  {
    name: 'importIdentityStoreUsers',
    input: {},
    cells: { ...newUser, 'groups.0.displayName': 'Engineers', 'groups.1.displayName': 'Analysts' },
    operation: 'CreateGroupMembership',
    named: 'groupId',
    column: 'groups.0.displayName',
  },
  {
    name: 'importIdentityStoreUsers',
    input: { dryRun: true },
    cells: { ...newUser, 'emails.0.value': 'a@example.com' },
    operation: 'GetUserId',
    named: 'alternateIdentifier.uniqueAttribute.attributeValue',
    column: 'userName',
  },
  {
    name: 'updateIdentityStoreUsers',
    input: {},
    cells: { 'user.userName': 'ada', nickName: 'a', title: 'Countess' },
    operation: 'UpdateUser',
    named: 'operations.2.member.attributeValue',
    column: 'title',
  },
  {
    name: 'updateIdentityStoreUsers',
    input: {},
    cells: { 'user.email': 'ada@example.com', title: 'Countess' },
    operation: 'GetUserId',
    named: 'alternateIdentifier.uniqueAttribute.attributeValue',
    column: 'user.email',
  },
  {
    name: 'deleteIdentityStoreUsers',
    input: {},
    cells: { 'user.userName': 'ada' },
    operation: 'DeleteUser',
    named: 'userId',
    column: 'user.userName',
  },
  {
    name: 'changeGroupMemberships',
    input: {},
    cells: { change: 'ADD', 'user.userName': 'alan', 'group.displayName': 'Engineers' },
    operation: 'CreateGroupMembership',
    named: 'memberId.userId',
    column: 'user.userName',
  },
  {
    name: 'changeGroupMemberships',
    input: {},
    cells: { change: 'REMOVE', 'user.userName': 'grace', 'group.displayName': 'Engineers' },
    operation: 'GetGroupMembershipId',
    named: 'groupId',
    column: 'group.displayName',
  },
  {
    name: 'importRekognitionUsers',
    input: { collectionId: 'employees' },
    cells: { userId: 'new' },
    operation: 'CreateUser',
    named: 'userId',
    column: 'userId',
  },
  {
    name: 'deleteRekognitionUsers',
    input: { collectionId: 'employees' },
    cells: { userId: 'ada' },
    operation: 'DeleteUser',
    named: 'userId',
    column: 'userId',
  },
];

const asFile = (cells: Case['cells']) => `${Object.keys(cells).join()}\n${Object.values(cells).join()}\n`;

/** The only row of a job whose rows are in a file. */
async function rowOf({ name, input, cells }: Case) {
  const { job } = await askWithFile(gateway, name, input, { format: 'csv', text: asFile(cells) });
  const [row] = (await endOfJob(gateway, job.id)).rows;
  return row;
}

describe('A member that AWS names as it refuses it is told by its column', () => {
  it.each(refusedByAws)('$name: $operation refuses $named, which is $column', async each => {
    const exception = each.name.includes('Rekognition') ? 'InvalidParameterException' : 'ValidationException';
    gateway.localAws.faults.add({
      operation: each.operation,
      effect: {
        type: 'exception',
        name: exception,
        message: `1 validation error detected: Value 'a secret' at '${each.named}' failed to satisfy constraint: Member must satisfy a rule`,
      },
    });
    const message = `${each.column} was refused by AWS, though it keeps every rule that this gateway knows.`;
    expect(await rowOf(each)).toMatchObject({
      line: 2,
      outcome: 'FAILED',
      error: {
        __typename: 'InvalidInputError',
        message,
        issues: [{ path: each.column.split('.'), message }],
      },
    });
  });

  it('and those that a request does not have are not told', async () => {
    gateway.localAws.faults.add({
      operation: 'CreateUser',
      effect: {
        type: 'exception',
        name: 'ValidationException',
        message:
          "2 validation errors detected: Value at 'secret.name' failed to satisfy constraint: x; Value at 'emails.0.member' failed to satisfy constraint: x",
      },
    });
    const message =
      'The Identity Store refused the input, though it keeps every rule that this gateway knows.';
    expect(await rowOf({ name: 'importIdentityStoreUsers', input: {}, cells: newUser })).toMatchObject({
      error: { message, issues: [{ path: [], message }] },
    });
  });
});

describe('What the gateway finds is told once, by its column', () => {
  it.each<Case & { readonly column: string }>([
    {
      name: 'importIdentityStoreUsers',
      input: {},
      cells: { ...newUser, userName: tooLong },
      column: 'userName',
    },
    {
      name: 'importIdentityStoreUsers',
      input: {},
      cells: { ...newUser, 'emails.0.value': tooLong },
      column: 'emails.0.value',
    },
    {
      name: 'importIdentityStoreUsers',
      input: {},
      cells: { ...newUser, 'groups.0.displayName': tooLong },
      column: 'groups.0.displayName',
    },
    {
      name: 'importIdentityStoreUsers',
      input: {},
      cells: { ...newUser, 'groups.0.displayName': 'Engineers', 'groups.1.displayName': tooLong },
      column: 'groups.1.displayName',
    },
    {
      name: 'updateIdentityStoreUsers',
      input: {},
      cells: { 'user.userName': 'ada', 'name.givenName': tooLong, 'name.familyName': 'Lovelace' },
      column: 'name.givenName',
    },
    {
      name: 'updateIdentityStoreUsers',
      input: {},
      cells: { 'user.userId': 'x', title: 'x' },
      column: 'user.userId',
    },
    {
      name: 'updateIdentityStoreUsers',
      input: {},
      cells: { 'user.userName': tooLong, title: 'x' },
      column: 'user.userName',
    },
    { name: 'deleteIdentityStoreUsers', input: {}, cells: { 'user.userId': 'x' }, column: 'user.userId' },
    { name: 'deleteIdentityStoreUsers', input: {}, cells: { 'user.email': tooLong }, column: 'user.email' },
    {
      name: 'changeGroupMemberships',
      input: {},
      cells: { change: 'ADD', 'user.userId': 'x', 'group.groupId': someId },
      column: 'user.userId',
    },
    {
      name: 'changeGroupMemberships',
      input: {},
      cells: { change: 'ADD', 'user.userId': someId, 'group.groupId': 'x' },
      column: 'group.groupId',
    },
    {
      name: 'changeGroupMemberships',
      input: {},
      cells: { change: 'ADD', 'user.userName': 'ada', 'group.displayName': tooLong },
      column: 'group.displayName',
    },
    {
      name: 'importChimeUsers',
      input: { accountId },
      cells: { email: 'a@example.com', userType: 'Boss' },
      column: 'userType',
    },
    {
      name: 'importRekognitionUsers',
      input: { collectionId: 'employees' },
      cells: { userId: 'a b' },
      column: 'userId',
    },
    {
      name: 'deleteRekognitionUsers',
      input: { collectionId: 'employees' },
      cells: { userId: 'a b' },
      column: 'userId',
    },
  ])('$name: $column', async each => {
    const { line, error } = await rowOf(each);
    const paths = error.issues.map(({ path }: { path: readonly string[] }) => path.join('.'));
    expect({ line, type: error.__typename, paths }).toEqual({
      line: 2,
      type: 'InvalidInputError',
      paths: [each.column],
    });
    for (const { message } of error.issues) expect(message).toMatch(new RegExp(`^${each.column} `));
    expect(error.message).toBe(error.issues.map(({ message }: { message: string }) => message).join(' '));
  });

  it('also in rows that come as a list', async () => {
    const rows = [{ change: 'ADD', user: { userId: 'a\u0000b' }, group: { displayName: 'Engineers' } }];
    const job = await runJob(gateway, 'changeGroupMemberships', { source: { rows } });
    const message = 'user.userId must not have the character U+0000.';
    expect(job.rows).toMatchObject([
      { line: null, outcome: 'INVALID', error: { message, issues: [{ path: ['user', 'userId'], message }] } },
    ]);
  });
});

describe('A row that names the same as another is told by the columns that are the same', () => {
  const other = { ...newUser, userName: 'other' };
  const both = { change: 'ADD', 'user.email': 'Ada@example.com', 'group.displayName': 'Engineers' };
  const account = { accountId };
  const collection = { collectionId: 'employees' };
  it.each<{
    readonly name: string;
    readonly input: object;
    readonly rows: readonly Case['cells'][];
    readonly columns: readonly string[];
    /** What else is wrong with the second row. */
    readonly further?: readonly { readonly path: readonly string[]; readonly message: string }[];
  }>([
    { name: 'importIdentityStoreUsers', input: {}, rows: [newUser, newUser], columns: ['userName'] },
    {
      name: 'importIdentityStoreUsers',
      input: {},
      rows: [
        { ...newUser, 'emails.0.value': 'a@example.com', 'emails.1.value': 'b@example.com' },
        { ...other, 'emails.0.value': 'c@example.com', 'emails.1.value': 'A@example.com' },
      ],
      columns: ['emails.1.value'],
      further: [{ path: ['emails'], message: 'emails must have at most 1 entry.' }],
    },
    {
      name: 'importIdentityStoreUsers',
      input: {},
      rows: [
        { ...newUser, 'emails.0.value': 'a@example.com' },
        { ...newUser, 'emails.0.value': 'a@example.com' },
      ],
      columns: ['userName', 'emails.0.value'],
    },
    {
      name: 'updateIdentityStoreUsers',
      input: {},
      rows: ['x', 'y'].map(title => ({ 'user.userName': 'ada', title })),
      columns: ['user.userName'],
    },
    {
      name: 'deleteIdentityStoreUsers',
      input: {},
      rows: [{ 'user.userId': someId }, { 'user.userId': someId }],
      columns: ['user.userId'],
    },
    {
      name: 'changeGroupMemberships',
      input: {},
      rows: [both, { ...both, 'user.email': 'ada@example.com' }],
      columns: ['user.email', 'group.displayName'],
    },
    {
      name: 'importChimeUsers',
      input: account,
      rows: [{ email: 'a@example.com' }, { email: 'A@example.com' }],
      columns: ['email'],
    },
    {
      name: 'importRekognitionUsers',
      input: collection,
      rows: [{ userId: 'a' }, { userId: 'a' }],
      columns: ['userId'],
    },
    {
      name: 'deleteRekognitionUsers',
      input: collection,
      rows: [{ userId: 'a' }, { userId: 'a' }],
      columns: ['userId'],
    },
  ])('$name: $columns', async ({ name, input, rows, columns, further = [] }) => {
    const header = Object.keys(rows[0] ?? {}).join();
    const text = `${[header, ...rows.map(cells => Object.values(cells).join())].join('\n')}\n`;
    const { job } = await askWithFile(gateway, name, input, { format: 'csv', text });
    const end = await endOfJob(gateway, job.id);
    expect(end.state).toBe('INVALID');
    const issues = [
      ...columns.map(column => ({
        path: column.split('.'),
        message: `${column} names the same as line 2 does.`,
      })),
      ...further,
    ];
    expect(end.rows[1]).toMatchObject({
      line: 3,
      outcome: 'INVALID',
      error: {
        __typename: 'InvalidInputError',
        message: issues.map(({ message }) => message).join(' '),
        issues,
      },
    });
  });
});

it('What is wrong with the user, the group and the rest of a row is told together', async () => {
  const { error } = await rowOf({
    name: 'importIdentityStoreUsers',
    input: {},
    cells: { ...newUser, userName: tooLong, 'groups.0.displayName': tooLong, 'groups.1.groupId': 'x' },
  });
  expect(error.issues.map(({ path }: { path: readonly string[] }) => path.join('.'))).toEqual([
    'userName',
    'groups.0.displayName',
    'groups.1.groupId',
  ]);
});

describe('All that is wrong with a row is told together', () => {
  const uuid = 'must be a UUID, or ten hexadecimal digits, "-" and a UUID.';
  const noChange =
    'Give at least one of userName, name, displayName, nickName, profileUrl, emails, addresses, phoneNumbers, userType, title, preferredLanguage, locale, timezone, photos, website, birthdate, roles, extensions to change.';

  it.each<{
    readonly name: string;
    readonly input?: object;
    readonly format: 'csv' | 'ndjson';
    /** The lines of a file, and what is wrong with the rows. */
    readonly rows: readonly (readonly [line: string, ...told: readonly string[]])[];
  }>([
    {
      name: 'importIdentityStoreUsers',
      format: 'csv',
      rows: [
        ['userName,displayName,name.givenName,name.familyName,emails.0.value,emails.0.primary'],
        [
          'bob,,,Family,a@example.com,maybe',
          'emails.0.primary must be of type Boolean.',
          'displayName is required.',
          'name.givenName is required.',
        ],
        [
          'BOB,,Given,Family,A@example.com,true',
          'userName names the same as line 2 does.',
          'emails.0.value names the same as line 2 does.',
          'displayName is required.',
        ],
        ['other,Other,Given,Family,A@example.com,', 'emails.0.value names the same as line 2 does.'],
        ['right,Right,Given,Family,,'],
      ],
    },
    {
      name: 'importIdentityStoreUsers',
      format: 'ndjson',
      rows: [
        [
          '{"userName":"a\\u0000b","name":3,"displayName":"a","displayName":"b","groups":["x",{"groupId":"y"}]}',
          'displayName is there more than once.',
          'name must be an object.',
          'groups.0 must be an object.',
          'userName must not have the character U+0000.',
          `groups.1.groupId ${uuid}`,
        ],
        [
          '{"userName":5,"displayName":"d","emails":[{"primary":"x"},{"value":"a@example.com"}]}',
          'userName must be of type String.',
          'emails.0.primary must be of type Boolean.',
          'emails must have at most 1 entry.',
          'name.givenName is required.',
          'name.familyName is required.',
        ],
        ['[]', 'The line must be a JSON object.'],
      ],
    },
    {
      name: 'updateIdentityStoreUsers',
      format: 'ndjson',
      rows: [
        ['{}', 'user is required.', noChange],
        [
          '{"user":{},"title":5}',
          'user must have exactly one of userId, userName, email.',
          'title must be of type String.',
        ],
        ['{"user":{"userId":2}}', 'user.userId must be of type String.', noChange],
        [
          '{"user":{"userId":"x","nickName":"y"},"name":{"givenName":5}}',
          'user.nickName is unknown: right would be one of userId, userName, email.',
          'name.givenName must be of type String.',
          `user.userId ${uuid}`,
          'name.familyName is required.',
        ],
      ],
    },
    {
      name: 'changeGroupMemberships',
      format: 'csv',
      rows: [
        ['user.userId,group.groupId,change'],
        ['x,y,PUT', 'change must be one of ADD, REMOVE.', `group.groupId ${uuid}`, `user.userId ${uuid}`],
        // That neither names a user makes them no two of the same.
        [',y,ADD', 'user is required.', `group.groupId ${uuid}`],
        [',y,ADD', 'user is required.', `group.groupId ${uuid}`],
      ],
    },
    {
      name: 'importChimeUsers',
      input: { accountId },
      format: 'csv',
      rows: [
        ['email,userType'],
        [
          `${tooLong},Boss`,
          'userType must be one of PRIVATE_USER, SHARED_DEVICE.',
          'email must be an e-mail address such as ada@example.com.',
        ],
      ],
    },
  ])('$name: $format', async ({ name, input = {}, format, rows }) => {
    const text = rows.map(([line]) => `${line}\n`).join('');
    const { job } = await askWithFile(gateway, name, input, { format, text });
    const end = await endOfJob(gateway, job.id);
    const isHeader = (at: number) => format === 'csv' && at === 0;
    const expected = rows.flatMap(([, ...told], at) => (isHeader(at) ? [] : [[at + 1, told]]));
    const told = end.rows.map(({ line, error }: { line: number; error: { issues: object[] } | null }) => [
      line,
      (error?.issues ?? []).map(issue => (issue as { readonly message: string }).message),
    ]);
    expect(told).toEqual(expected);
  });
});
