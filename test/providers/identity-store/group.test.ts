import { describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/local-aws/index.ts';
import { useGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/global-ids.ts';
import { refuses, runMutation } from '../../support/mutations.ts';
import { conflict, invalid, notFound } from '../../support/refusals.ts';

const { identityStoreId: STORE, groups, users } = demoWorld.identityStore;
const [{ groupId, description }] = groups;
const noStore = 'd-0000000000';
const noGroup = groupId.replace('a1', 'ff');

const gateway = useGateway();

const id = (of: string) => globalId('IdentityStoreGroup', STORE, of);
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const storeMissing = notFound(
  'IDENTITY_STORE',
  noStore,
  `The Identity Store has no identity store "${noStore}".`,
);
const groupMissing = notFound('GROUP', noGroup, `The identity store ${STORE} has no group ${noGroup}.`);
const taken = conflict(
  'ALREADY_EXISTS',
  `The identity store ${STORE} already has a group with this displayName.`,
);
const reserved = invalid('displayName must not be a name that AWS reserves for itself.');
const badId = invalid('groupId must be a UUID, or ten hexadecimal digits, "-" and a UUID.');

describe('createIdentityStoreGroup', () => {
  const name = 'createIdentityStoreGroup';
  const group = { displayName: 'Mathematicians', description: 'Those who prove it' };

  test('returns what was sent, and the ids, with one call to AWS', async () => {
    const select = 'group { id identityStoreId groupId displayName description }';
    const result = await runMutation(gateway, name, group, select);
    const { groupId: made } = result.group;
    expect(result).toEqual({
      __typename: 'CreateIdentityStoreGroupSuccess',
      group: { ...group, id: id(made), identityStoreId: STORE, groupId: made },
    });
    expect(gateway.calls()).toEqual(['CreateGroup']);
  });

  test('returns what AWS itself adds with one call more', async () => {
    const fields = 'createdAt createdBy updatedAt updatedBy externalIds { issuer id }';
    const { group: made } = await runMutation(gateway, name, group, `group { ${fields} }`);
    const by = 'arn:aws:iam::123456789012:root';
    expect(made).toEqual({
      createdAt: moment,
      createdBy: by,
      updatedAt: moment,
      updatedBy: by,
      externalIds: null,
    });
    expect(gateway.calls()).toEqual(['CreateGroup', 'DescribeGroup']);
  });

  refuses(gateway, name, [
    [{ displayName: 'analysts' }, taken],
    [{ ...group, identityStoreId: noStore }, storeMissing],
    [
      { description: 'x'.repeat(1025) },
      invalid('description must be at most 1024 characters long.', 'displayName is required.'),
    ],
    [{ displayName: 'Administrator' }, reserved],
  ]);
});

describe('updateIdentityStoreGroup', () => {
  const name = 'updateIdentityStoreGroup';

  test.each([
    [{ displayName: 'Analyzers' }, { displayName: 'Analyzers', description }],
    [{ displayName: 'ANALYSTS' }, { displayName: 'ANALYSTS', description }],
    [{ description: null }, { displayName: 'Analysts', description: null }],
  ])('changes %j, and reads the group back when it is asked for', async (change, expected) => {
    const input = { groupId, ...change };
    const { group } = await runMutation(gateway, name, input, 'group { id displayName description }');
    expect(group).toEqual({ id: id(groupId), ...expected });
    expect(gateway.calls()).toEqual(['UpdateGroup', 'DescribeGroup']);
  });

  refuses(gateway, name, [
    [{ groupId, displayName: 'engineers' }, taken],
    [{ groupId: noGroup, displayName: 'Analyzers' }, groupMissing],
    [{ groupId, identityStoreId: noStore, displayName: 'Analyzers' }, storeMissing],
    [{ groupId: 'analysts', displayName: 'Analyzers' }, badId],
    [{ groupId, displayName: 'Administrator' }, reserved],
    [{ groupId, displayName: null }, invalid('displayName cannot be unset.')],
    [{ groupId }, invalid('Give at least one of displayName, description to change.')],
  ]);
});

test('A group has no members any more that were deleted', async () => {
  const [{ userId: ada }, , { userId: alan }] = users;
  await runMutation(gateway, 'deleteIdentityStoreUser', { userId: ada });
  const { data } = await gateway.query(
    `{ identityStoreGroup(by: {groupId: "${groupId}"}) { members { edges { node { userId } } } } }`,
  );
  expect(data.identityStoreGroup.members).toEqual({ edges: [{ node: { userId: alan } }] });
});

describe('deleteIdentityStoreGroup', () => {
  const name = 'deleteIdentityStoreGroup';

  test('deletes a group with one call to AWS and tells what is gone', async () => {
    const select = 'deletedGroupId identityStoreId groupId';
    expect(await runMutation(gateway, name, { groupId }, select)).toEqual({
      __typename: 'DeleteIdentityStoreGroupSuccess',
      deletedGroupId: id(groupId),
      identityStoreId: STORE,
      groupId,
    });
    expect(gateway.calls()).toEqual(['DeleteGroup']);
  });

  refuses(gateway, name, [
    [{ groupId: noGroup }, groupMissing],
    [{ groupId, identityStoreId: noStore }, storeMissing],
    [{ groupId: 'analysts' }, badId],
  ]);
});

describe('identityStoreGroup', () => {
  test.each([
    [`{groupId: "${groupId}"}`, ['DescribeGroup']],
    ['{displayName: "Analysts"}', ['GetGroupId', 'DescribeGroup']],
  ])('finds a group by %s', async (by, calls) => {
    const { data } = await gateway.query(`{ identityStoreGroup(by: ${by}) { id displayName createdAt } }`);
    expect(data.identityStoreGroup).toEqual({
      id: id(groupId),
      displayName: 'Analysts',
      createdAt: moment,
    });
    expect(gateway.calls()).toEqual(calls);
  });

  test.each([
    `groupId: "${noGroup}"`,
    'displayName: "Nobody"',
    'externalId: {issuer: "https://idp.example.com", id: "1"}',
  ])('is null for %s', async by => {
    expect(await gateway.query(`{ identityStoreGroup(by: {${by}}) { id } }`)).toEqual({
      data: { identityStoreGroup: null },
    });
  });

  test('refuses a name that no group can have, without a call', async () => {
    const { errors } = await gateway.query('{ identityStoreGroup(by: {displayName: ""}) { id } }');
    const issue = { path: ['by', 'displayName'], message: 'by.displayName must not be empty.' };
    expect(errors?.[0]?.extensions['issues']).toContainEqual(issue);
    expect(gateway.calls()).toEqual([]);
  });
});

test('identityStoreGroups lists the groups in the order of their making', async () => {
  const { data } = await gateway.query('{ identityStoreGroups { edges { node { displayName } } } }');
  const nodes = ['Analysts', 'Engineers'].map(displayName => ({ node: { displayName } }));
  expect(data).toEqual({ identityStoreGroups: { edges: nodes } });
});
