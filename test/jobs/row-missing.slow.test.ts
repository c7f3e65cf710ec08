/** A user or a group that there is not is told by the column in which a row names it, in a run and in a dry run alike. */
import { describe, expect, it } from 'vitest';
import { useJobGateway } from '../support/jobs.ts';
import { newUser, type RowCase, rowOf, someId } from '../support/row-cases.ts';

const gateway = useJobGateway({ MAX_DELETION_PERCENT: '100' });

const cases: readonly (Omit<RowCase, 'input'> & { readonly column: string })[] = [
  ...[
    { column: 'groups.1.displayName', name: 'Nobody' },
    { column: 'groups.1.groupId', name: someId },
  ].map(({ column, name }) => ({
    name: 'importIdentityStoreUsers',
    cells: { ...newUser, 'groups.0.displayName': 'Engineers', [column]: name },
    column,
  })),
  ...[
    { column: 'user.userName', name: 'nobody' },
    { column: 'user.email', name: 'nobody@example.com' },
    { column: 'user.userId', name: someId },
  ].flatMap(({ column, name }) => [
    { name: 'updateIdentityStoreUsers', cells: { [column]: name, title: 'x' }, column },
    { name: 'deleteIdentityStoreUsers', cells: { [column]: name }, column },
    ...['ADD', 'REMOVE'].map(change => ({
      name: 'changeGroupMemberships',
      cells: { change, [column]: name, 'group.displayName': 'Engineers' },
      column,
    })),
  ]),
  ...[
    { column: 'group.displayName', name: 'Nobody' },
    { column: 'group.groupId', name: someId },
  ].flatMap(({ column, name }) =>
    ['ADD', 'REMOVE'].map(change => ({
      name: 'changeGroupMemberships',
      cells: { change, 'user.userName': 'grace', [column]: name },
      column,
    })),
  ),
];

/** AWS tells of an id alike that it is of nothing, and that it is of no member: there is nothing to remove. */
const isSkipped = ({ cells, column }: (typeof cases)[number]) =>
  cells['change'] === 'REMOVE' && column.endsWith('Id');

describe.each([{ dryRun: false }, { dryRun: true }])('With %o', input => {
  it.each(cases.filter(each => input.dryRun || !isSkipped(each)))(
    '$name: $column of $cells',
    async ({ name, cells, column }) => {
      const noun = column.startsWith('group') ? 'group' : 'user';
      expect(await rowOf(gateway, { name, input, cells })).toMatchObject({
        line: 2,
        outcome: 'FAILED',
        error: {
          __typename: 'NotFoundError',
          message: `${column} names no ${noun} of the identity store d-9067012345.`,
        },
      });
    },
  );
});

it.each(cases.filter(isSkipped))('A run skips a removal of what there is not, by $column', async each => {
  expect(await rowOf(gateway, { ...each, input: {} })).toMatchObject({
    outcome: 'SUCCEEDED',
    action: 'SKIP',
  });
});
