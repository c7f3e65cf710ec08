/** Worlds beside each other in one local AWS, their seeds and their clocks. */
import { ListUsersCommand as ListChimeUsersCommand } from '@aws-sdk/client-chime';
import {
  DescribeAppInstanceUserCommand,
  ListAppInstanceAdminsCommand,
  ListAppInstancesCommand,
  ListAppInstanceUsersCommand,
} from '@aws-sdk/client-chime-sdk-identity';
import { DescribeUserCommand, ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  CreateCollectionCommand,
  CreateUserCommand,
  DescribeCollectionCommand,
  ListUsersCommand as ListCollectionUsersCommand,
  type RekognitionClient,
} from '@aws-sdk/client-rekognition';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { demoWorld, type SeedName, seedNames, startLocalAws } from '../../src/local-aws/index.ts';
import { refusal, sdkClients, send, sendTarget } from '../support/local-aws-clients.ts';

const local = await startLocalAws();
beforeEach(() => {
  local.worlds.deleteAll();
  local.reset();
});
afterAll(() => local.stop());

const { collectionId: CollectionId } = demoWorld.rekognition;
const { identityStoreId: IdentityStoreId } = demoWorld.identityStore;
const { accountId: AccountId } = demoWorld.chime;
const { appInstanceArn: AppInstanceArn } = demoWorld.chimeSdkIdentity;

/** SDK clients whose requests are for a world. */
function clientsOf(world: string) {
  const clients = sdkClients(local);
  // The services' types of one and the same stack do not go together.
  for (const client of Object.values(clients) as RekognitionClient[]) {
    client.middlewareStack.add(
      next => args => {
        const { headers } = args.request as { headers: Record<string, string> };
        headers['x-local-aws-world'] = world;
        return next(args);
      },
      { step: 'build' },
    );
  }
  return clients;
}

async function userIdsIn(world: string): Promise<(string | undefined)[] | undefined> {
  const { Users } = await clientsOf(world).rekognition.send(new ListCollectionUsersCommand({ CollectionId }));
  return Users?.map(({ UserId }) => UserId);
}

/** How many users a list has over all its pages. */
async function count(
  page: (token: string | undefined) => Promise<readonly [unknown[] | undefined, string | undefined]>,
) {
  let [counted, token] = [0, undefined as string | undefined];
  do {
    const [users, next] = await page(token);
    counted += users?.length ?? 0;
    token = next;
  } while (token !== undefined);
  return counted;
}

/** The users of the demo world's collection in a world, or the name of the exception. */
function listed(world: string) {
  return clientsOf(world)
    .rekognition.send(new ListCollectionUsersCommand({ CollectionId }))
    .then(
      ({ Users }) => Users,
      (error: Error) => error.name,
    );
}

/** What an admin endpoint answers for a world. */
async function admin(method: string, path: string, { world, body }: { world?: string; body?: object } = {}) {
  const { status, json } = await send(local.url, `/_local-aws/${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(world !== undefined && { 'x-local-aws-world': world }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status, json };
}

describe('Worlds', () => {
  test('share no users, no faults, no journal and no clock', async () => {
    const [one, other] = [local.worlds.create(), local.worlds.create()];
    await clientsOf(one).rekognition.send(new CreateUserCommand({ CollectionId, UserId: 'katherine' }));
    local.worlds.find(one)?.faults.add({ service: 'chime', effect: { type: 'throttle' } });
    local.worlds.find(one)?.clock.set(new Date('2030-01-01T00:00:00Z'), true);

    expect(await userIdsIn(one)).toEqual(['ada', 'grace', 'alan', 'katherine']);
    expect(await userIdsIn(other)).toEqual(['ada', 'grace', 'alan']);
    expect(
      local.worlds
        .find(other)
        ?.requests.list()
        .map(({ operation }) => operation),
    ).toEqual(['ListUsers']);
    expect(local.requests.list()).toEqual([]);
    const list = new ListChimeUsersCommand({ AccountId });
    expect(await refusal(clientsOf(one).chime.send(list))).toMatchObject({
      name: 'ThrottledClientException',
    });
    expect((await clientsOf(other).chime.send(list)).Users).toHaveLength(3);
    expect(local.worlds.find(other)?.clock.now().getUTCFullYear()).toBeLessThan(2030);
  });

  test('are made, listed and ended over the admin endpoint', async () => {
    expect(await admin('POST', 'worlds', { body: { name: 'mine', seed: 'empty' } })).toEqual({
      status: 201,
      json: { name: 'mine' },
    });
    const { json: made } = await admin('POST', 'worlds');
    expect(made).toEqual({ name: expect.stringMatching(/^w-[\da-f-]{36}$/) });
    expect((await admin('GET', 'worlds')).json).toEqual({ worlds: ['mine', made['name']] });
    expect(await admin('DELETE', 'worlds/mine')).toEqual({ status: 200, json: { worlds: [made['name']] } });
    expect(await admin('DELETE', 'worlds/mine')).toEqual({
      status: 404,
      json: { message: 'There is no world of that name' },
    });
    expect(await admin('DELETE', 'worlds')).toEqual({ status: 200, json: { worlds: [] } });
  });

  test.each([
    [{ name: 'a b' }, 'name: must be 1 to 64 letters, digits, "-" and "_"'],
    [{ name: 'taken' }, 'name: there is a world "taken" already'],
    [{ seed: 'galaxy' }, 'seed: Invalid option: expected one of "demo"|"empty"|"thousand"|"statuses"'],
    [
      { identityStores: ['d-1'] },
      'identityStores.0: must be "d-" and ten hexadecimal digits, or a UUID, in lower case',
    ],
    [{ color: 'blue' }, 'the body: Unrecognized key: "color"'],
  ])('are refused for %j', async (body, message) => {
    local.worlds.create({ name: 'taken' });
    expect(await admin('POST', 'worlds', { body })).toEqual({ status: 400, json: { message } });
    expect(local.worlds.names()).toEqual(['taken']);
  });

  test('are a thousand at most', () => {
    for (let made = 0; made < 1_000; made += 1) local.worlds.create({ seed: 'empty' });
    expect(() => local.worlds.create()).toThrow(
      'There are 1000 worlds already: delete those that are done with.',
    );
    local.worlds.delete(local.worlds.names()[0] ?? '');
    expect(local.worlds.create()).toMatch(/^w-/);
  });

  test('that do not exist are told in the protocol of the request', async () => {
    const headers = { 'x-local-aws-world': 'gone' };
    const message = 'Local AWS has no world "gone"';
    const exception = 'UnknownWorldException';
    expect(await send(local.url, `/accounts/${AccountId}/users`, { headers })).toMatchObject({
      status: 404,
      exception,
      message,
    });
    const json = {
      'x-amz-target': 'RekognitionService.ListUsers',
      'content-type': 'application/x-amz-json-1.1',
    };
    expect(
      await send(local.url, '/', { method: 'POST', headers: { ...headers, ...json }, body: '{}' }),
    ).toMatchObject({ status: 400, exception, message });
    expect(await admin('GET', 'requests', { world: 'gone' })).toEqual({
      status: 404,
      json: { message: 'There is no world of that name' },
    });
  });

  test('have identity stores of their own', async () => {
    const store = 'd-abcdef0123';
    const world = local.worlds.create({ identityStores: [store] });
    const list = new ListUsersCommand({ IdentityStoreId: store });
    expect((await clientsOf(world).identityStore.send(list)).Users).toEqual([]);
    expect(await refusal(sdkClients(local).identityStore.send(list))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('A world begins', () => {
  const counts: Readonly<Record<SeedName, number>> = { demo: 3, empty: 0, thousand: 1_003, statuses: 0 };

  test.each(['demo', 'thousand'] as const)('with its people in each service: %s', async seed => {
    const { rekognition, identityStore, chime, chimeSdkIdentity } = clientsOf(local.worlds.create({ seed }));
    // One that is missing here does not compile.
    const counted: Record<keyof ReturnType<typeof sdkClients>, number> = {
      rekognition: await count(async NextToken => {
        const page = await rekognition.send(new ListCollectionUsersCommand({ CollectionId, NextToken }));
        return [page.Users, page.NextToken];
      }),
      identityStore: await count(async NextToken => {
        const page = await identityStore.send(new ListUsersCommand({ IdentityStoreId, NextToken }));
        return [page.Users, page.NextToken];
      }),
      chime: await count(async NextToken => {
        const page = await chime.send(new ListChimeUsersCommand({ AccountId, NextToken }));
        return [page.Users, page.NextToken];
      }),
      chimeSdkIdentity: await count(async NextToken => {
        const page = await chimeSdkIdentity.send(
          new ListAppInstanceUsersCommand({ AppInstanceArn, NextToken }),
        );
        return [page.AppInstanceUsers, page.NextToken];
      }),
    };
    expect(counted).toEqual({
      rekognition: counts[seed],
      identityStore: counts[seed],
      chime: counts[seed],
      chimeSdkIdentity: counts[seed],
    });
  });

  test('with nothing but its identity store: empty', async () => {
    const { rekognition, identityStore, chime, chimeSdkIdentity } = clientsOf(
      local.worlds.create({ seed: 'empty' }),
    );
    expect((await chimeSdkIdentity.send(new ListAppInstancesCommand({}))).AppInstances).toEqual([]);
    expect((await identityStore.send(new ListUsersCommand({ IdentityStoreId }))).Users).toEqual([]);
    expect(await refusal(rekognition.send(new DescribeCollectionCommand({ CollectionId })))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await refusal(chime.send(new ListChimeUsersCommand({ AccountId })))).toMatchObject({
      name: 'NotFoundException',
    });
  });

  test('with a user of every status that AWS has: statuses', async () => {
    const { rekognition, identityStore, chime } = clientsOf(local.worlds.create({ seed: 'statuses' }));
    const { Users: collectionUsers = [] } = await rekognition.send(
      new ListCollectionUsersCommand({ CollectionId }),
    );
    expect(new Set(collectionUsers.map(({ UserStatus }) => UserStatus))).toEqual(
      new Set(['ACTIVE', 'UPDATING', 'CREATING', 'CREATED']),
    );
    const { Users: people = [] } = await identityStore.send(new ListUsersCommand({ IdentityStoreId }));
    expect(new Set(people.map(({ UserStatus }) => UserStatus))).toEqual(new Set(['ENABLED', 'DISABLED']));
    const { Users: members = [] } = await chime.send(new ListChimeUsersCommand({ AccountId }));
    expect(new Set(members.map(({ UserRegistrationStatus }) => UserRegistrationStatus))).toEqual(
      new Set(['Unregistered', 'Registered', 'Suspended']),
    );
    expect(new Set(members.map(({ UserInvitationStatus }) => UserInvitationStatus))).toEqual(
      new Set(['Pending', 'Accepted', 'Failed']),
    );
  });

  test('with users of an app instance that stay, expire and are admins, as they have no status: statuses', async () => {
    const { chimeSdkIdentity } = clientsOf(local.worlds.create({ seed: 'statuses' }));
    const { AppInstanceUsers: users = [] } = await chimeSdkIdentity.send(
      new ListAppInstanceUsersCommand({ AppInstanceArn }),
    );
    const kinds = users.map(({ AppInstanceUserArn = '' }) => AppInstanceUserArn.split('/').at(-1));
    expect(kinds).toEqual(['ada', 'grace', 'alan', 'permanent', 'expiring', 'admin']);
    const [permanent, expiring] = await Promise.all(
      users.slice(3, 5).map(async ({ AppInstanceUserArn }) => {
        const command = new DescribeAppInstanceUserCommand({ AppInstanceUserArn });
        return (await chimeSdkIdentity.send(command)).AppInstanceUser?.ExpirationSettings;
      }),
    );
    expect([permanent, expiring]).toEqual([
      undefined,
      { ExpirationDays: 30, ExpirationCriterion: 'CREATED_TIMESTAMP' },
    ]);
    const { AppInstanceAdmins: admins = [] } = await chimeSdkIdentity.send(
      new ListAppInstanceAdminsCommand({ AppInstanceArn }),
    );
    expect(admins.map(({ Admin }) => Admin?.Name)).toEqual(['Ada Lovelace', 'Alan Turing', 'admin Example']);
  });

  test.each(seedNames)('anew after a reset, with what is asked for then: %s', async seed => {
    const world = local.worlds.create({ seed: 'statuses' });
    const fresh = local.worlds.create({ seed });
    expect(await admin('POST', 'reset', { world, body: { seed } })).toEqual({
      status: 200,
      json: { status: 'ok' },
    });
    expect(await listed(world)).toEqual(await listed(fresh));
  });
});

describe('The clock of a world', () => {
  test('is the machine’s, until it is set; then what is made then has its time', async () => {
    const world = local.worlds.create();
    const clients = clientsOf(world);
    await admin('POST', 'clock', { world, body: { now: '2031-05-06T07:08:09Z', stopped: true } });
    await clients.rekognition.send(new CreateCollectionCommand({ CollectionId: 'later' }));
    const { CreationTimestamp } = await clients.rekognition.send(
      new DescribeCollectionCommand({ CollectionId: 'later' }),
    );
    expect(CreationTimestamp).toEqual(new Date('2031-05-06T07:08:09Z'));
    expect(await admin('POST', 'clock', { world, body: { advanceMs: 60_000 } })).toEqual({
      status: 200,
      json: { now: '2031-05-06T07:09:09.000Z', stopped: true },
    });
    expect((await admin('POST', 'clock', { world, body: { stopped: false } })).json).toMatchObject({
      now: expect.stringMatching(/^2031-05-06T07:09:/),
      stopped: false,
    });
    const { json } = await admin('DELETE', 'clock', { world });
    expect(Math.abs(Date.parse(String(json['now'])) - Date.now())).toBeLessThan(10_000);
    const { Users: [user] = [] } = await clients.identityStore.send(
      new ListUsersCommand({ IdentityStoreId }),
    );
    const described = await clients.identityStore.send(
      new DescribeUserCommand({ IdentityStoreId, UserId: user?.UserId }),
    );
    expect(described.UserName).toBe('ada');
  });

  test('decides how long an idempotency token is remembered', async () => {
    const world = local.worlds.create();
    const create = () =>
      clientsOf(world).rekognition.send(
        new CreateUserCommand({ CollectionId, UserId: 'katherine', ClientRequestToken: 'once' }),
      );
    await create();
    expect((await create()).$metadata.httpStatusCode).toBe(200);
    local.worlds.find(world)?.clock.advance(25 * 3_600_000);
    expect(await refusal(create())).toMatchObject({ name: 'ConflictException' });
  });

  test.each([
    [{ now: 'tomorrow' }, 'now: Invalid ISO datetime'],
    [{ advanceMs: 'a day' }, 'advanceMs: Invalid input: expected number, received string'],
  ])('is not set to %j', async (body, message) => {
    expect(await admin('POST', 'clock', { body })).toEqual({ status: 400, json: { message } });
  });
});

test('Requests that name no world reach the one that there always is', async () => {
  local.worlds.create();
  expect(
    (await sendTarget(local.url, 'RekognitionService.ListUsers', { CollectionId })).json['Users'],
  ).toHaveLength(3);
  expect(local.requests.list()).toHaveLength(1);
});
