/** `IdentityStoreGroup.members` and `IdentityStoreUser.groups`: who is in which group, and what asking for it costs. */
import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  CreateUserCommand,
  DeleteGroupCommand,
} from '@aws-sdk/client-identitystore';
import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { identityStore } from '../../../src/providers/identity-store/service.ts';
import { useGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/global-ids.ts';
import { sdkClients } from '../../support/local-aws-clients.ts';

const { identityStoreId: STORE, groups, users, memberships } = demoWorld.identityStore;
const [ANALYSTS = '', ENGINEERS = ''] = groups.map(({ groupId }) => groupId);
const [ADA = '', GRACE = '', ALAN = ''] = users.map(({ userId }) => userId);

const gateway = useGateway();

const idOf = (user: string) => globalId('IdentityStoreUser', STORE, user);

async function members(select: string, args = '') {
  const document = `{ identityStoreGroup(by: {groupId: "${ANALYSTS}"}) { members${args} { ${select} } } }`;
  const { data, errors } = await gateway.query(document);
  return { members: data.identityStoreGroup.members, errors };
}

describe('IdentityStoreGroup.members', () => {
  test('has the users as nodes, and their memberships on the edges', async () => {
    const select =
      'edges { cursor membership { membershipId userId createdAt } node { id userName title } } pageInfo { hasNextPage endCursor }';
    const { members: page, errors } = await members(select);
    expect(errors).toBeUndefined();
    expect(page).toEqual({
      edges: [
        [ADA, 'ada', 'Analyst', memberships[0].membershipId],
        [ALAN, 'alan', 'Mathematician', memberships[3].membershipId],
      ].map(([userId = '', userName, title, membershipId]) => ({
        cursor: expect.any(String),
        membership: { membershipId, userId, createdAt: expect.any(String) },
        node: { id: idOf(userId), userName, title },
      })),
      pageInfo: { hasNextPage: false, endCursor: page.edges.at(-1).cursor },
    });
    expect(gateway.calls()).toEqual([
      'DescribeGroup',
      'ListGroupMemberships',
      'DescribeUser',
      'DescribeUser',
    ]);
  });

  test.each([
    'edges { node { id } }',
    'edges { node { __typename ... on Node { id } ...Ids } }',
    'edges { membership { userId createdAt } node { identityStoreId userId } }',
  ])('costs one call for ids alone: %s', async select => {
    const document = `{ identityStoreGroup(by: {groupId: "${ANALYSTS}"}) { members { ${select} } } }
      ${select.includes('Ids') ? 'fragment Ids on IdentityStoreUser { userId }' : ''}`;
    const { data, errors } = await gateway.query(document);
    expect(errors).toBeUndefined();
    expect(data.identityStoreGroup.members.edges).toHaveLength(2);
    expect(gateway.calls()).toEqual(['DescribeGroup', 'ListGroupMemberships']);
  });

  test('goes on from a user to the groups without a look at the user', async () => {
    const select = 'edges { node { userId groups { edges { node { groupId } } } } }';
    expect((await members(select)).members.edges).toEqual([
      { node: { userId: ADA, groups: edgesOf('groupId', [ANALYSTS, ENGINEERS]) } },
      { node: { userId: ALAN, groups: edgesOf('groupId', [ANALYSTS]) } },
    ]);
    expect(gateway.calls()).toEqual([
      'DescribeGroup',
      'ListGroupMemberships',
      'ListGroupMembershipsForMember',
      'ListGroupMembershipsForMember',
    ]);
  });

  test('is the same page by page as at once', async () => {
    const select = 'edges { node { userId } } pageInfo { hasNextPage hasPreviousPage endCursor }';
    const { members: first } = await members(select, '(first: 1)');
    const after = first.pageInfo.endCursor;
    expect(first).toEqual({
      ...edgesOf('userId', [ADA]),
      pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: expect.any(String) },
    });
    const { members: second } = await members(select, `(first: 1, after: "${after}")`);
    expect(second).toEqual({
      ...edgesOf('userId', [ALAN]),
      pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor: expect.any(String) },
    });
  });

  test.each(['(first: 0)', '(first: -1)', '(first: 1001)', '(after: "x")'])('refuses %s', async args => {
    const { members: page, errors } = await members('edges { cursor }', args);
    expect(page).toBeNull();
    expect(errors).toMatchObject([
      { path: ['identityStoreGroup', 'members'], extensions: { code: 'INVALID_INPUT', providerCode: null } },
    ]);
    expect(gateway.calls()).toEqual(['DescribeGroup']);
  });

  test('is null for a group that is gone since it was read', async () => {
    const effect = {
      type: 'exception',
      name: 'ResourceNotFoundException',
      members: { ResourceType: 'GROUP' },
    } as const;
    gateway.localAws.faults.add({ operation: 'ListGroupMemberships', effect });
    expect(await members('edges { cursor }')).toEqual({ members: null, errors: undefined });
  });

  test('has null for a user that is gone since the page was read, and keeps the others', async () => {
    const effect = { type: 'exception', name: 'ResourceNotFoundException' } as const;
    gateway.localAws.faults.add({ operation: 'DescribeUser', times: 1, effect });
    const { members: page, errors } = await members('edges { membership { userId } node { userName } }');
    expect(errors).toBeUndefined();
    const nodes = page.edges.map(({ node }: { node: object | null }) => node);
    expect(nodes).toContain(null);
    expect(nodes.filter(Boolean)).toHaveLength(1);
  });

  test('has null beside an error for a user that AWS does not let the gateway see', async () => {
    const effect = { type: 'exception', name: 'AccessDeniedException' } as const;
    gateway.localAws.faults.add({ operation: 'DescribeUser', effect });
    const { members: page, errors } = await members('edges { membership { userId } node { userName } }');
    expect(page.edges).toEqual([
      { membership: { userId: ADA }, node: null },
      { membership: { userId: ALAN }, node: null },
    ]);
    expect(errors?.map(({ path, extensions }) => [path?.slice(-2), extensions['code']])).toEqual([
      [[0, 'node'], 'ACCESS_DENIED'],
      [[1, 'node'], 'ACCESS_DENIED'],
    ]);
  });
});

function edgesOf(name: string, ids: readonly string[]) {
  return { edges: ids.map(id => ({ node: { [name]: id } })) };
}

describe('IdentityStoreUser.groups', () => {
  test('has the groups as nodes, and the memberships on the edges', async () => {
    const { data, errors } = await gateway.query(`{ identityStoreUser(by: {userId: "${ADA}"}) {
      groups { edges { membership { membershipId } node { id displayName description } } pageInfo { hasNextPage } } } }`);
    expect(errors).toBeUndefined();
    expect(data.identityStoreUser.groups).toEqual({
      edges: groups.map(({ groupId, displayName, description }, at) => ({
        membership: { membershipId: memberships[at]?.membershipId },
        node: { id: globalId('IdentityStoreGroup', STORE, groupId), displayName, description },
      })),
      pageInfo: { hasNextPage: false },
    });
  });

  test('is empty for a user that is in no group', async () => {
    const { localAws } = gateway;
    for (const { groupId: GroupId } of groups) {
      await sdkClients(localAws).identityStore.send(
        new DeleteGroupCommand({ IdentityStoreId: STORE, GroupId }),
      );
    }
    const { data } = await gateway.query(
      `{ identityStoreUser(by: {userId: "${GRACE}"}) { groups { edges { cursor } pageInfo { hasNextPage endCursor } } } }`,
    );
    expect(data.identityStoreUser.groups).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  test('asks AWS for no more at a time than a request may', async () => {
    const { identityStore: aws } = sdkClients(gateway.localAws);
    const { GroupId } = await aws.send(
      new CreateGroupCommand({ IdentityStoreId: STORE, DisplayName: 'All' }),
    );
    for (let at = 0; at < 4 * identityStore.parallelLookUps; at += 1) {
      const { UserId = '' } = await aws.send(
        new CreateUserCommand({
          IdentityStoreId: STORE,
          UserName: `user-${at}`,
          DisplayName: 'User',
          Name: { GivenName: 'U', FamilyName: 'S' },
        }),
      );
      await aws.send(
        new CreateGroupMembershipCommand({ IdentityStoreId: STORE, GroupId, MemberId: { UserId } }),
      );
    }
    const effect = { type: 'latency', milliseconds: 100 } as const;
    gateway.localAws.faults.add({ operation: 'ListGroupMembershipsForMember', effect });
    const startedAt = performance.now();
    const { data, errors } = await gateway.query(
      '{ identityStoreUsers(first: 100) { edges { node { groups(first: 3) { edges { node { displayName } } } } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.identityStoreUsers.edges).toHaveLength(4 * identityStore.parallelLookUps + 3);
    // Of calls that take 100 ms each, four times as many as may be under way take 400 ms at least.
    expect(performance.now() - startedAt).toBeGreaterThan(400);
  });
});
