import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { identityStore } from '../../../src/providers/identity-store/service.ts';
import { useGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/global-ids.ts';
import { refuses, runMutation } from '../../support/mutations.ts';
import { conflict, invalid, notFound } from '../../support/refusals.ts';

const { identityStoreId: STORE, groups, users, memberships } = demoWorld.identityStore;
const [ANALYSTS = '', ENGINEERS = ''] = groups.map(({ groupId }) => groupId);
const [ADA = '', GRACE = '', ALAN = ''] = users.map(({ userId }) => userId);
const [{ membershipId }] = memberships;
const noStore = 'd-0000000000';
const nothing = '9067012345-00000000-0000-0000-0000-000000000000';

const gateway = useGateway();

const id = (of: string) => globalId('IdentityStoreGroupMembership', STORE, of);
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const storeMissing = notFound(
  'IDENTITY_STORE',
  noStore,
  `The Identity Store has no identity store "${noStore}".`,
);
const form = 'must be a UUID, or ten hexadecimal digits, "-" and a UUID.';

describe('createIdentityStoreGroupMembership', () => {
  const name = 'createIdentityStoreGroupMembership';
  const input = { groupId: ANALYSTS, userId: GRACE };

  test('returns what was sent, and the ids, with one call to AWS', async () => {
    const select = 'membership { id identityStoreId membershipId groupId userId }';
    const result = await runMutation(gateway, name, input, select);
    const { membershipId: made } = result.membership;
    expect(result).toEqual({
      __typename: 'CreateIdentityStoreGroupMembershipSuccess',
      membership: { ...input, id: id(made), identityStoreId: STORE, membershipId: made },
    });
    expect(gateway.calls()).toEqual(['CreateGroupMembership']);
  });

  test('returns what AWS itself adds, the user and the group with a call more for each', async () => {
    const select =
      'membership { createdAt createdBy updatedAt updatedBy user { userName } group { displayName } }';
    const { membership } = await runMutation(gateway, name, input, select);
    const by = 'arn:aws:iam::123456789012:root';
    expect(membership).toEqual({
      createdAt: moment,
      createdBy: by,
      updatedAt: moment,
      updatedBy: by,
      user: { userName: 'grace' },
      group: { displayName: 'Analysts' },
    });
    expect(gateway.calls().toSorted()).toEqual([
      'CreateGroupMembership',
      'DescribeGroup',
      'DescribeGroupMembership',
      'DescribeUser',
    ]);
  });

  refuses(gateway, name, [
    [
      { groupId: ANALYSTS, userId: ADA },
      conflict(
        'ALREADY_EXISTS',
        `The user ${ADA} is a member of the group ${ANALYSTS} of the identity store ${STORE} already.`,
      ),
    ],
    [
      { ...input, groupId: nothing },
      notFound('GROUP', nothing, `The identity store ${STORE} has no group ${nothing}.`),
    ],
    [
      { ...input, userId: nothing },
      notFound('USER', nothing, `The Identity Store has no user "${nothing}".`),
    ],
    [{ ...input, identityStoreId: noStore }, storeMissing],
    [{ groupId: 'analysts', userId: 'ada' }, invalid(`groupId ${form}`, `userId ${form}`)],
  ]);
});

describe('deleteIdentityStoreGroupMembership', () => {
  const name = 'deleteIdentityStoreGroupMembership';

  test('ends a membership with one call to AWS and tells what is gone', async () => {
    const select = 'deletedMembershipId identityStoreId membershipId';
    expect(await runMutation(gateway, name, { membershipId }, select)).toEqual({
      __typename: 'DeleteIdentityStoreGroupMembershipSuccess',
      deletedMembershipId: id(membershipId),
      identityStoreId: STORE,
      membershipId,
    });
    expect(gateway.calls()).toEqual(['DeleteGroupMembership']);
  });

  refuses(gateway, name, [
    [
      { membershipId: nothing },
      notFound('GROUP_MEMBERSHIP', nothing, `The identity store ${STORE} has no membership ${nothing}.`),
    ],
    [{ membershipId, identityStoreId: noStore }, storeMissing],
    [{ membershipId: 'ada' }, invalid(`membershipId ${form}`)],
  ]);
});

const inAnalysts = (userId: string) => `{userInGroup: {groupId: "${ANALYSTS}", userId: "${userId}"}}`;

const outcomesOf = (succeeded: string) => `outcomes {
  __typename
  ... on ${succeeded}
  ... on Error { message code providerCode retryable }
  ... on ConflictError { reason }
  ... on NotFoundError { resourceType resourceId }
  ... on InvalidInputError { issues { path } }
}`;

const analysts = async () => {
  const document = `{ identityStoreGroup(by: {groupId: "${ANALYSTS}"}) { members { edges { node { userId } } } } }`;
  const { data } = await gateway.query(document);
  return data.identityStoreGroup.members.edges.map(({ node }: { node: { userId: string } }) => node.userId);
};

/** What AWS tells of a missing group. */
const groupIsGone = { ResourceType: 'GROUP', ResourceId: ENGINEERS };

describe('addUsersToGroup', () => {
  const name = 'addUsersToGroup';
  const select = outcomesOf('AddUserToGroupSucceeded { membership { id groupId userId } }');
  test('has an outcome for each user, in the order asked, with one call each', async () => {
    const userIds = [GRACE, ADA, 'nobody', nothing];
    const { __typename, outcomes } = await runMutation(gateway, name, { groupId: ANALYSTS, userIds }, select);
    expect(__typename).toBe('AddUsersToGroupSuccess');
    const again = `The user ${ADA} is a member of the group ${ANALYSTS} of the identity store ${STORE} already.`;
    expect(outcomes).toEqual([
      {
        __typename: 'AddUserToGroupSucceeded',
        membership: { id: expect.any(String), groupId: ANALYSTS, userId: GRACE },
      },
      { ...conflict('ALREADY_EXISTS', again), providerCode: 'ConflictException' },
      {
        __typename: 'InvalidInputError',
        message: `userIds.2 ${form}`,
        code: 'INVALID_INPUT',
        providerCode: null,
        retryable: false,
        issues: [{ path: ['userIds', '2'] }],
      },
      {
        ...notFound('USER', nothing, `The Identity Store has no user "${nothing}".`),
        providerCode: 'ResourceNotFoundException',
      },
    ]);
    expect(gateway.calls()).toEqual(userIds.slice(1).map(() => 'CreateGroupMembership'));
    expect(await analysts()).toEqual([ADA, ALAN, GRACE]);
  });

  test('adds a user whose answer was lost once, and says so', async () => {
    const effect = { type: 'drop', when: 'after' } as const;
    gateway.localAws.faults.add({ operation: 'CreateGroupMembership', times: 1, effect });
    const input = { groupId: ANALYSTS, userIds: [GRACE] };
    expect((await runMutation(gateway, name, input, select)).outcomes).toMatchObject([
      { __typename: 'AddUserToGroupSucceeded', membership: { userId: GRACE } },
    ]);
    expect(await analysts()).toEqual([ADA, ALAN, GRACE]);
  });

  test('tells once that there is no such group, and asks for no more users then', async () => {
    const userIds = Array.from({ length: 100 }, (_, at) => `${nothing.slice(0, -3)}${100 + at}`);
    expect(await runMutation(gateway, name, { groupId: nothing, userIds }, select)).toEqual({
      ...notFound('GROUP', nothing, `The identity store ${STORE} has no group ${nothing}.`),
      providerCode: 'ResourceNotFoundException',
      requestId: expect.any(String),
    });
    expect(gateway.calls().length).toBeLessThanOrEqual(identityStore.parallelLookUps);
  });

  test('has an outcome for each user, when the group goes between the calls', async () => {
    gateway.localAws.faults.add({
      operation: 'CreateGroupMembership',
      probability: 0.5,
      seed: 1,
      effect: { type: 'exception', name: 'ResourceNotFoundException', members: groupIsGone },
    });
    const input = { groupId: ENGINEERS, userIds: [GRACE, ADA] };
    const { outcomes } = await runMutation(gateway, name, input, select);
    expect(outcomes.map((one: { __typename: string }) => one.__typename).toSorted()).toEqual([
      'ConflictError',
      'NotFoundError',
    ]);
  });

  test('keeps to the outcome of an item that has the name of the group', async () => {
    const input = { groupId: ENGINEERS, userIds: [ENGINEERS, ALAN] };
    const { outcomes } = await runMutation(gateway, name, input, select);
    expect(outcomes).toMatchObject([
      { __typename: 'NotFoundError', resourceType: 'USER', resourceId: ENGINEERS },
      { __typename: 'AddUserToGroupSucceeded' },
    ]);
  });

  test('takes any number of users, even more than an operation may take calls', async () => {
    const userIds = Array.from({ length: 3_500 }, () => 'nobody');
    const document = `mutation ($input: AddUsersToGroupInput!) {
      addUsersToGroup(input: $input) { ... on AddUsersToGroupSuccess { outcomes { __typename } } } }`;
    const { data, errors } = await gateway.query(document, {
      input: { groupId: ANALYSTS, userIds: [...userIds, GRACE] },
    });
    expect(errors).toBeUndefined();
    expect(data.addUsersToGroup.outcomes).toEqual([
      ...userIds.map(() => ({ __typename: 'InvalidInputError' })),
      { __typename: 'AddUserToGroupSucceeded' },
    ]);
    expect(await analysts()).toEqual([ADA, ALAN, GRACE]);
  });
});

describe('removeUsersFromGroup', () => {
  const name = 'removeUsersFromGroup';
  const select = outcomesOf(
    'RemoveUserFromGroupSucceeded { deletedMembershipId identityStoreId membershipId }',
  );

  test('tells once that there is no such group, if AWS says so', async () => {
    gateway.localAws.faults.add({
      operation: 'GetGroupMembershipId',
      effect: { type: 'exception', name: 'ResourceNotFoundException', members: groupIsGone },
    });
    const input = { groupId: ENGINEERS, userIds: [GRACE, ADA] };
    expect(await runMutation(gateway, name, input, select)).toMatchObject({
      __typename: 'NotFoundError',
      message: `The Identity Store has no group "${ENGINEERS}".`,
    });
  });

  test('has an outcome for each user, in the order asked, with two calls for each that is a member', async () => {
    const input = { groupId: ANALYSTS, userIds: [GRACE, ADA] };
    const { __typename, outcomes } = await runMutation(gateway, name, input, select);
    expect(__typename).toBe('RemoveUsersFromGroupSuccess');
    expect(outcomes).toEqual([
      {
        __typename: 'NotFoundError',
        message: `The user ${GRACE} is not a member of the group ${ANALYSTS} of the identity store ${STORE}.`,
        code: 'NOT_FOUND',
        providerCode: 'ResourceNotFoundException',
        retryable: false,
        resourceType: 'GROUP_MEMBERSHIP',
        resourceId: null,
      },
      {
        __typename: 'RemoveUserFromGroupSucceeded',
        deletedMembershipId: id(membershipId),
        identityStoreId: STORE,
        membershipId,
      },
    ]);
    expect(gateway.calls().toSorted()).toEqual([
      'DeleteGroupMembership',
      'GetGroupMembershipId',
      'GetGroupMembershipId',
    ]);
  });
});

const madeUpId = (at: number) => `9067012345-00000000-0000-0000-0000-${String(at).padStart(12, '0')}`;

const askWhether = (userId: string, groupIds: readonly string[]) =>
  gateway.query(
    'query ($userId: String!, $groupIds: [String!]!) { isMemberInGroups(userId: $userId, groupIds: $groupIds) { groupId membershipExists } }',
    { userId, groupIds },
  );
test('tells it of each group in the order asked', async () => {
  expect(await askWhether(GRACE, [ENGINEERS, ANALYSTS, nothing, ENGINEERS])).toEqual({
    data: {
      isMemberInGroups: [
        { groupId: ENGINEERS, membershipExists: true },
        { groupId: ANALYSTS, membershipExists: false },
        { groupId: nothing, membershipExists: false },
        { groupId: ENGINEERS, membershipExists: true },
      ],
    },
  });
  expect(gateway.calls()).toEqual(['IsMemberInGroups']);
});

describe('isMemberInGroups', () => {
  test.each([
    [0, 0],
    [100, 1],
    [101, 2],
    [250, 3],
  ])('asks AWS of %i groups with %i calls', async (count, calls) => {
    const groupIds = Array.from({ length: count }, (_, at) => (at === count - 1 ? ENGINEERS : madeUpId(at)));
    const { data } = await askWhether(GRACE, groupIds);
    expect(data.isMemberInGroups).toEqual(
      groupIds.map(groupId => ({ groupId, membershipExists: groupId === ENGINEERS })),
    );
    expect(gateway.calls()).toHaveLength(calls);
  });

  test('is null for a user that does not exist', async () => {
    expect(await askWhether(nothing, [ANALYSTS])).toEqual({ data: { isMemberInGroups: null } });
  });

  test('refuses ids that are none where they were given, also beyond what AWS takes in one call', async () => {
    const groupIds = Array.from({ length: 102 }, (_, at) => (at === 101 ? 'x' : madeUpId(at)));
    const { errors } = await askWhether(GRACE, [madeUpId(0), ...groupIds]);
    expect(errors?.[0]?.extensions['issues']).toEqual([
      { path: ['groupIds', '102'], message: `groupIds.102 ${form}` },
    ]);
    const { errors: ofUser } = await askWhether('x', [ANALYSTS]);
    expect(ofUser?.[0]?.extensions['issues']).toEqual([{ path: ['userId'], message: `userId ${form}` }]);
  });
});

describe('identityStoreGroupMembership', () => {
  test.each([
    [`{membershipId: "${membershipId}"}`, ['DescribeGroupMembership']],
    [inAnalysts(ADA), ['GetGroupMembershipId', 'DescribeGroupMembership']],
  ])('finds a membership by %s', async (by, calls) => {
    const document = `{ identityStoreGroupMembership(by: ${by}) { id groupId userId createdAt } }`;
    expect(await gateway.query(document)).toEqual({
      data: {
        identityStoreGroupMembership: {
          id: id(membershipId),
          groupId: ANALYSTS,
          userId: ADA,
          createdAt: moment,
        },
      },
    });
    expect(gateway.calls()).toEqual(calls);
  });

  test.each([`{membershipId: "${nothing}"}`, inAnalysts(GRACE), inAnalysts(nothing)])(
    'is null for %s',
    async by => {
      expect(await gateway.query(`{ identityStoreGroupMembership(by: ${by}) { id } }`)).toEqual({
        data: { identityStoreGroupMembership: null },
      });
    },
  );

  test('refuses ids that are none, where they were given, without a call', async () => {
    const by = '{userInGroup: {groupId: "analysts", userId: "ada"}}';
    const { errors } = await gateway.query(`{ identityStoreGroupMembership(by: ${by}) { id } }`);
    const issues = ['groupId', 'userId'].map(name => ({
      path: ['by', 'userInGroup', name],
      message: `by.userInGroup.${name} ${form}`,
    }));
    expect(errors?.[0]?.extensions['issues']).toEqual(issues);
    expect(gateway.calls()).toEqual([]);
  });

  test('has no user and no group any more when they are gone since it was read', async () => {
    const document = `{ identityStoreGroupMembership(by: {membershipId: "${membershipId}"}) {
      user { id } group { id } } }`;
    for (const operation of ['DescribeUser', 'DescribeGroup']) {
      const effect = { type: 'exception', name: 'ResourceNotFoundException' } as const;
      gateway.localAws.faults.add({ operation, effect });
    }
    const { data, errors } = await gateway.query(document);
    expect({ data, errors }).toEqual({
      data: { identityStoreGroupMembership: { user: null, group: null } },
    });
  });
});

describe('identityStoreGroupMemberships and identityStoreGroupMembershipsForMember', () => {
  test.each([
    [
      `identityStoreGroupMemberships(groupId: "${ANALYSTS}")`,
      [
        [ANALYSTS, ADA],
        [ANALYSTS, ALAN],
      ],
    ],
    [
      `identityStoreGroupMembershipsForMember(userId: "${ADA}")`,
      [
        [ANALYSTS, ADA],
        [ENGINEERS, ADA],
      ],
    ],
  ])('list the memberships in the order of their making: %s', async (field, expected) => {
    const { data, errors } = await gateway.query(
      `{ list: ${field} { edges { node { groupId userId createdAt } } pageInfo { hasNextPage } } }`,
    );
    expect({ data, errors }).toEqual({
      data: {
        list: {
          edges: expected.map(([groupId, userId]) => ({ node: { groupId, userId, createdAt: moment } })),
          pageInfo: { hasNextPage: false },
        },
      },
    });
    expect(gateway.calls()).toHaveLength(1);
  });

  test.each([
    `identityStoreGroupMemberships(groupId: "${nothing}")`,
    `identityStoreGroupMembershipsForMember(userId: "${nothing}")`,
  ])('are null where there is nothing to list: %s', async field => {
    expect(await gateway.query(`{ list: ${field} { edges { cursor } } }`)).toEqual({ data: { list: null } });
  });

  test.each([
    ['identityStoreGroupMemberships', 'groupId'],
    ['identityStoreGroupMembershipsForMember', 'userId'],
  ])('refuse an id that is none, where it was given: %s', async (field, name) => {
    const { errors } = await gateway.query(`{ ${field}(${name}: "x") { edges { cursor } } }`);
    expect(errors?.[0]?.extensions['issues']).toEqual([{ path: [name], message: `${name} ${form}` }]);
    expect(gateway.calls()).toEqual([]);
  });
});
