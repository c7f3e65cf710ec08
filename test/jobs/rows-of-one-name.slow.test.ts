/** Of two rows that name the same, the second is refused by the columns in which it does. */
import { describe, expect, it } from 'vitest';
import { askWithFile, endOfJob, useJobGateway } from '../support/jobs.ts';
import { accountId, newUser, type RowCase, someId } from '../support/row-cases.ts';

const gateway = useJobGateway();

describe('A row that names the same as another is told by the columns that are the same', () => {
  const other = { ...newUser, userName: 'other' };
  const both = { change: 'ADD', 'user.email': 'Ada@example.com', 'group.displayName': 'Engineers' };
  const account = { accountId };
  const collection = { collectionId: 'employees' };
  it.each<{
    readonly name: string;
    readonly input: object;
    readonly rows: readonly RowCase['cells'][];
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
