/** The number of calls to AWS that typical nested queries take: docs/upstream-calls.md is held to what happens. */
import { readFileSync } from 'node:fs';
import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  CreateUserCommand,
} from '@aws-sdk/client-identitystore';
import {
  CreateCollectionCommand,
  CreateUserCommand as CreateCollectionUserCommand,
} from '@aws-sdk/client-rekognition';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/schema/global-id.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { sdkClients } from '../support/local-aws-clients.ts';

const STORE = 'd-1111111111';

let gateway: TestGateway;
beforeAll(async () => {
  const own = ['CreateUser', 'CreateGroup', 'CreateGroupMembership'].map(name => `identitystore:${name}`);
  const rekognition = ['CreateCollection', 'CreateUser'].map(name => `rekognition:${name}`);
  gateway = await startTestGateway({ IDENTITY_STORE_ID: STORE }, [...own, ...rekognition]);
  await makeStore();
  await makeCollection();
});
afterAll(() => gateway.stop());

/** 50 users, 10 groups, and each user in 3 of them. */
async function makeStore(): Promise<void> {
  const { identityStore: aws } = sdkClients(gateway.localAws);
  const groups: (string | undefined)[] = [];
  for (let at = 0; at < 10; at += 1) {
    const { GroupId } = await aws.send(
      new CreateGroupCommand({ IdentityStoreId: STORE, DisplayName: `group-${at}` }),
    );
    groups.push(GroupId);
  }
  for (let at = 0; at < 50; at += 1) {
    const { UserId = '' } = await aws.send(
      new CreateUserCommand({
        IdentityStoreId: STORE,
        UserName: `user-${at}`,
        DisplayName: `User ${at}`,
        Name: { GivenName: 'User', FamilyName: String(at) },
        Emails: [{ Value: `user-${at}@example.com` }],
      }),
    );
    for (const step of [0, 1, 2]) {
      const GroupId = groups[(at + step) % groups.length];
      await aws.send(
        new CreateGroupMembershipCommand({ IdentityStoreId: STORE, GroupId, MemberId: { UserId } }),
      );
    }
  }
}

const CollectionId = 'counted';
const userIds = Array.from({ length: 100 }, (_, at) => `user-${at}`);

async function makeCollection(): Promise<void> {
  const { rekognition: aws } = sdkClients(gateway.localAws);
  await aws.send(new CreateCollectionCommand({ CollectionId }));
  for (const UserId of userIds) await aws.send(new CreateCollectionUserCommand({ CollectionId, UserId }));
}

/** The queries of the table, by what it calls them, and how many things they have to tell of. */
const queries: Readonly<
  Record<string, { readonly document: () => Promise<string>; readonly things: number }>
> = {
  '50 users with the ids of their groups': {
    document: async () =>
      '{ identityStoreUsers(first: 50) { edges { node { userName groups { edges { thing: node { groupId } } } } } } }',
    things: 150,
  },
  '50 users with the names of their groups, of which there are 10': {
    document: async () =>
      '{ identityStoreUsers(first: 50) { edges { node { userName groups(first: 8) { edges { thing: node { displayName } } } } } } }',
    things: 150,
  },
  '10 groups with the ids of their members': {
    document: async () =>
      '{ identityStoreGroups(first: 10) { edges { node { displayName members { edges { thing: node { id } } } } } } }',
    things: 150,
  },
  '10 groups with the names of their members, of which there are 50': {
    document: async () =>
      '{ identityStoreGroups(first: 10) { edges { node { displayName members(first: 40) { edges { thing: node { displayName } } } } } } }',
    things: 150,
  },
  'a user by e-mail address with the names of the 3 groups': {
    document: async () =>
      '{ identityStoreUser(by: {email: "user-7@example.com"}) { displayName groups { edges { thing: node { displayName } } } } }',
    things: 3,
  },
  'whether a user is in each of 250 groups': {
    document: async () => {
      const { data } = await gateway.query('{ identityStoreUser(by: {userName: "user-7"}) { userId } }');
      const ids = Array.from(
        { length: 250 },
        (_, at) => `00000000-0000-0000-0000-${String(at).padStart(12, '0')}`,
      );
      return `{ isMemberInGroups(userId: "${data.identityStoreUser.userId}", groupIds: ${JSON.stringify(ids)}) { thing: membershipExists } }`;
    },
    things: 250,
  },
  '100 Rekognition users by their keys in one collection': {
    document: async () => {
      const ids = userIds.map(userId => encodeGlobalId('RekognitionUser', `${CollectionId}/${userId}`));
      return `{ nodes(ids: ${JSON.stringify(ids)}) { thing: id } }`;
    },
    things: 100,
  },
  'the faces of 20 Rekognition users': {
    document: async () =>
      `{ rekognitionCollection(collectionId: "${CollectionId}") { users(first: 20) { edges { node { thing: userId faces { edges { node { faceId } } } } } } } }`,
    things: 20,
  },
};

/** The rows of the table: what they are about, the calls, and their number. */
const rows = readFileSync('docs/upstream-calls.md', 'utf8')
  .split('\n')
  .filter(line => line.startsWith('| '))
  .slice(2)
  .map(line => line.split('|').map(cell => cell.trim()));

test('The table has each of these queries, and no other', () => {
  expect(rows.map(([, what]) => what)).toEqual(Object.keys(queries));
});

test.each(rows)('%s%s takes %s', async (_, what = '', calls, number) => {
  const query = queries[what];
  const document = (await query?.document()) ?? '';
  gateway.localAws.requests.clear();
  const { data, errors } = await gateway.query(document);
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data).match(/"thing":/g)).toHaveLength(query?.things ?? 0);
  const taken = Map.groupBy(gateway.calls(), operation => operation);
  const told = [...taken].map(([operation, { length }]) => `${length} ${operation}`);
  expect([told.join(', '), String(gateway.calls().length)]).toEqual([calls, number]);
});
