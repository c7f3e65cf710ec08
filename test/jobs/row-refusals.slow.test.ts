/** What AWS refuses of a row is told where the caller gave it: by its line, and by the name of its column. */
import { describe, expect, it } from 'vitest';
import { useJobGateway } from '../support/jobs.ts';
import { newUser, type RowCase, rowOf } from '../support/row-cases.ts';

const gateway = useJobGateway({ MAX_DELETION_PERCENT: '100' });

/** What AWS says that it refuses, of the operation, and the column in which that stands. */
const refusedByAws: readonly (RowCase & {
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
    expect(await rowOf(gateway, each)).toMatchObject({
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
    expect(
      await rowOf(gateway, { name: 'importIdentityStoreUsers', input: {}, cells: newUser }),
    ).toMatchObject({
      error: { message, issues: [{ path: [], message }] },
    });
  });
});
