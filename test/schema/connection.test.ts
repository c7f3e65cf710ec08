import { CreateUserCommand, DeleteUserCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoWorld } from '../../src/local-aws/index.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

const COUNT = 1_010;

let gateway: TestGateway;
let rekognition: RekognitionClient;

beforeAll(async () => {
  gateway = await startTestGateway();
  rekognition = new RekognitionClient({
    endpoint: gateway.localAws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const names = Array.from({ length: COUNT - 3 }, (_, index) => `user-${index}`);
  await Promise.all(
    names.map(UserId => rekognition.send(new CreateUserCommand({ CollectionId: 'employees', UserId }))),
  );
});
beforeEach(() => gateway.localAws.requests.clear());
afterAll(async () => {
  rekognition.destroy();
  await gateway.stop();
});

const calls = () =>
  gateway.localAws.requests.list().filter(({ operation }) => operation === 'ListUsers').length;

interface Connection {
  readonly edges: readonly { cursor: string; node: { userId: string } }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
}

async function read(first?: number | null, after?: string | null) {
  const { data, errors } = await gateway.query(
    `query ($first: Int, $after: String) { rekognitionCollection(collectionId: "employees") { users(first: $first, after: $after) {
      edges { cursor node { userId } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`,
    { ...(first !== undefined && { first }), after },
  );
  return { users: data?.rekognitionCollection?.users as Connection, errors };
}

async function readAll(first: number): Promise<string[]> {
  const userIds: string[] = [];
  let after: string | null = null;
  do {
    const { users }: { users: Connection } = await read(first, after);
    userIds.push(...users.edges.map(({ node }) => node.userId));
    after = users.pageInfo.hasNextPage ? users.pageInfo.endCursor : null;
  } while (after !== null);
  return userIds;
}

describe('A connection', () => {
  test.each([97, 500, 501, 1_000])('gives every node once when it is read %i at a time', async first => {
    const userIds = await readAll(first);
    expect(userIds).toHaveLength(COUNT);
    expect(new Set(userIds).size).toBe(COUNT);
  });

  test("asks AWS for no more than is wanted, in as few calls as AWS's largest page allows", async () => {
    expect((await read(1_000)).users.edges).toHaveLength(1_000);
    expect(calls()).toBe(2);
    gateway.localAws.requests.clear();
    expect((await read(500)).users.edges).toHaveLength(500);
    expect(calls()).toBe(1);
  });

  test('gives 50 nodes when nobody says how many, or null', async () => {
    expect((await read()).users.edges).toHaveLength(50);
    expect((await read(null)).users.edges).toHaveLength(50);
  });

  test('reads on after any of its cursors, not only the last', async () => {
    const { users: page } = await read(10);
    const { users: rest } = await read(5, page.edges[3]?.cursor);
    expect(rest.edges.map(({ node }) => node)).toEqual(page.edges.slice(4, 9).map(({ node }) => node));
    expect(rest.pageInfo.hasPreviousPage).toBe(true);
  });

  test('takes large pages after small ones', async () => {
    const { users: page } = await read(1);
    gateway.localAws.requests.clear();
    expect((await read(500, page.pageInfo.endCursor)).users.edges).toHaveLength(500);
    expect(calls()).toBe(1);
  });

  test('goes on at the right node although the one before the cursor was deleted', async () => {
    const { users: page } = await read(3);
    const last = page.edges[2]?.node.userId as string;
    const { users: expected } = await read(1, page.pageInfo.endCursor);
    await rekognition.send(new DeleteUserCommand({ CollectionId: 'employees', UserId: last }));
    const { users: actual } = await read(1, page.pageInfo.endCursor);
    expect(actual.edges[0]?.node).toEqual(expected.edges[0]?.node);
    await rekognition.send(new CreateUserCommand({ CollectionId: 'employees', UserId: last }));
  });

  test('ends with an empty page when nothing follows a cursor', async () => {
    const { users: all } = await read(1_000);
    const { users: tail } = await read(1_000, all.pageInfo.endCursor);
    expect(tail.pageInfo.hasNextPage).toBe(false);
    const { users: nothing } = await read(10, tail.pageInfo.endCursor);
    expect(nothing).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, endCursor: null },
    });
  });

  test.each([0, -1, 1_001])('refuses first: %i', async first => {
    const { errors } = await read(first);
    expect(errors).toMatchObject([
      {
        message: 'first must be a whole number from 1 to 1000.',
        extensions: { code: 'INVALID_INPUT', issues: [{ path: ['first'] }] },
      },
    ]);
    expect(calls()).toBe(0);
  });

  test.each([
    '',
    'garbage',
    Buffer.from('[0,0,"t"]').toString('base64url'),
    Buffer.from('[501,501]').toString('base64url'),
    Buffer.from('[0,1e9,"t"]').toString('base64url'),
    Buffer.from('[-1,10,"t"]').toString('base64url'),
    Buffer.from('{"__proto__":1}').toString('base64url'),
  ])('refuses after: "%s"', async after => {
    const { errors } = await read(10, after);
    expect(errors).toMatchObject([
      { message: 'after must be a cursor that this list gave out.', extensions: { code: 'INVALID_INPUT' } },
    ]);
    expect(calls()).toBe(0);
  });

  test('refuses the cursors of the same field of something else, before AWS is asked', async () => {
    await rekognition.send(new CreateUserCommand({ CollectionId: 'contractors', UserId: 'ada' }));
    const { data } = await gateway.query(
      '{ rekognitionCollection(collectionId: "contractors") { users(first: 1) { edges { cursor } } } }',
    );
    gateway.localAws.requests.clear();
    const { errors } = await read(10, data.rekognitionCollection.users.edges[0].cursor);
    expect(errors).toMatchObject([
      {
        message: 'after must be a cursor that this list gave out.',
        path: ['rekognitionCollection', 'users'],
      },
    ]);
    expect(calls()).toBe(0);
  });

  test('takes the cursors of a list whose parent is named by default, where it is named', async () => {
    const { data } = await gateway.query(
      '{ identityStoreUsers(first: 1) { edges { cursor node { userId } } } }',
    );
    const [{ cursor }] = data.identityStoreUsers.edges;
    const rest = (args: string) =>
      gateway.query(`{ identityStoreUsers(${args} after: "${cursor}") { edges { node { userId } } } }`);
    const { identityStoreId } = demoWorld.identityStore;
    expect(await rest(`identityStoreId: "${identityStoreId}"`)).toEqual(await rest('identityStoreId: null'));
  });

  test('says that a cursor is too old, when AWS refuses it', async () => {
    const { users } = await read(3);
    gateway.localAws.faults.add({
      operation: 'ListUsers',
      effect: { type: 'exception', name: 'InvalidPaginationTokenException' },
    });
    const { errors } = await read(10, users.pageInfo.endCursor);
    gateway.localAws.faults.clear();
    const message =
      'AWS does not take the cursor after any more: it is too old. Read the list from its beginning.';
    expect(errors).toMatchObject([
      {
        path: ['rekognitionCollection', 'users'],
        message,
        extensions: {
          code: 'INVALID_INPUT',
          providerCode: 'InvalidPaginationTokenException',
          issues: [{ path: ['after'], message }],
        },
      },
    ]);
  });
});

describe('rekognitionUser', () => {
  test('reads the list on until it has found every user, and no further', async () => {
    const { data } = await gateway.query(`{
      near: rekognitionUser(collectionId: "employees", userId: "ada") { userId }
      far: rekognitionUser(collectionId: "employees", userId: "user-600") { userId }
    }`);
    expect(data).toEqual({ near: { userId: 'ada' }, far: { userId: 'user-600' } });
    expect(calls()).toBe(2);
    gateway.localAws.requests.clear();
    await gateway.query('{ rekognitionUser(collectionId: "employees", userId: "ada") { userId } }');
    expect(calls()).toBe(1);
  });
});

/** An answer of AWS that holds nothing, and says where the list goes on. */
const page = (NextToken: string) => ({
  type: 'response' as const,
  status: 200,
  body: JSON.stringify({ Users: [], NextToken }),
  requestId: true,
});

describe('A list that AWS does not end', () => {
  test('is an error when it goes on where it was', async () => {
    gateway.localAws.faults.add({ operation: 'ListUsers', effect: page('same') });
    const { errors } = await read(10);
    gateway.localAws.faults.clear();
    expect(errors).toMatchObject([
      {
        message: 'AWS said twice that the list goes on at the same place.',
        path: ['rekognitionCollection', 'users'],
        extensions: { code: 'PROVIDER_FAILURE' },
      },
    ]);
    expect(calls()).toBe(2);
  });

  test('ends with an empty token', async () => {
    gateway.localAws.faults.add({ operation: 'ListUsers', effect: page('') });
    const { users, errors } = await read(10);
    gateway.localAws.faults.clear();
    expect(errors).toBeUndefined();
    expect(users.pageInfo.hasNextPage).toBe(false);
  });

  test('does not keep a look-up from ending', async () => {
    gateway.localAws.faults.add({ operation: 'ListUsers', effect: page('same') });
    const { data } = await gateway.query(
      '{ rekognitionUser(collectionId: "employees", userId: "nobody") { userId } }',
    );
    gateway.localAws.faults.clear();
    expect(data).toEqual({ rekognitionUser: null });
    expect(calls()).toBe(2);
  });
});

const names = (connection: Connection) => connection.edges.map(({ node }) => node.userId);

describe('After entries were deleted, a list goes on behind a cursor in the middle of a page', () => {
  let all: readonly string[];

  /** What comes after the fifth of eight, in the page before these were deleted. */
  async function afterLoss(...deleted: readonly number[]) {
    const { users: whole } = await read(8);
    const cursor = whole.edges[4]?.cursor;
    const gone = deleted.map(at => all[at] as string);
    for (const UserId of gone) {
      await rekognition.send(new DeleteUserCommand({ CollectionId: 'employees', UserId }));
    }
    gateway.localAws.requests.clear();
    const { users } = await read(4, cursor);
    return { found: names(users), calls: calls() };
  }

  // New users come last, so that each case has users of its own to take away.
  beforeEach(async () => {
    all = names((await read(16)).users);
  });

  test('where it was, when earlier ones are gone', async () => {
    expect(await afterLoss(0, 1, 2)).toEqual({ found: all.slice(5, 9), calls: 1 });
  });

  test('where it was, when its own is gone, too', async () => {
    expect(await afterLoss(2, 3, 4)).toEqual({ found: all.slice(5, 9), calls: 1 });
  });

  test('where it was, when those behind it are gone', async () => {
    // What is left of the page read again is three.
    expect(await afterLoss(5, 6)).toEqual({ found: all.slice(7, 11), calls: 2 });
  });

  test('with what is left of the page, when its own and the one behind it are gone', async () => {
    expect(await afterLoss(3, 4, 5)).toEqual({ found: [...all.slice(0, 3), all[6]], calls: 1 });
  });

  test('behind the page, when all of the page is gone', async () => {
    expect(await afterLoss(0, 1, 2, 3, 4, 5, 6, 7)).toEqual({ found: all.slice(8, 12), calls: 1 });
  });
});
