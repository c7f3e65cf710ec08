/** What the gateway finds wrong with a row is told where the caller gave it: by its line, and by the name of its column. */
import { describe, expect, it } from 'vitest';
import { runJob, useJobGateway } from '../support/jobs.ts';
import { accountId, newUser, type RowCase, rowOf, someId, tooLong } from '../support/row-cases.ts';

const gateway = useJobGateway();

describe('What the gateway finds is told once, by its column', () => {
  it.each<RowCase & { readonly column: string }>([
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
    const { line, error } = await rowOf(gateway, each);
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
