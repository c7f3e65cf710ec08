/** What is taken down of a batch, by one that only this test declares: each of its calls to AWS, before it is sent. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { rekognition } from '../../src/providers/rekognition/service.ts';
import { users } from '../../src/providers/rekognition/user/adapter.ts';
import { CreateUser } from '../../src/providers/rekognition/user/operations.ts';
import { RekognitionUser } from '../../src/providers/rekognition/user/type.ts';
import { batchMutation } from '../../src/schema/operation/batch-mutation.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

batchMutation('createAuditedUsers', {
  description: 'Creates several users.',
  inputDescription: ['The users to create', 'in a test'],
  scope: 'rekognition:users:create',
  operation: CreateUser,
  input: t => ({
    collectionId: t.string({ required: true, description: 'C.' }),
    userIds: t.stringList({ required: true, description: 'U.' }),
  }),
  list: 'userIds',
  each: { input: (userId, { collectionId }) => ({ collectionId, userId }), sentAs: ['userId'] },
  keyOf: userId => userId,
  run: async ({ collectionId, userIds: [userId = ''] }, context) => ({
    outcomes: [{ user: await context.aws(users).create({ collectionId, userId }) }],
  }),
  outcome: {
    stem: 'CreateAuditedUser',
    description: 'What can come of one user.',
    successDescription: 'Returned when the user was created.',
    success: t => ({
      user: t.expose('user', { type: RekognitionUser, nullable: false, description: 'The user.' }),
    }),
  },
});

interface Line {
  readonly event: string;
  readonly id: string;
  readonly requestId: string;
  readonly mutation: string;
  readonly outcome?: string;
  readonly code?: string;
  readonly awsRequestId?: string;
  readonly ids: { readonly userId: string };
}

const linesIn = (file: string): readonly Line[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Line);

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function start(audit: string): Promise<TestGateway> {
  const gateway = await startTestGateway({ AUDIT: audit });
  onTestFinished(() => gateway.stop());
  return gateway;
}

/** The code of each item's error, or undefined for a success. */
async function create(
  gateway: TestGateway,
  userIds: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const query = `mutation ($input: CreateAuditedUsersInput!) {
    result: createAuditedUsers(input: $input) {
      ... on CreateAuditedUsersSuccess { outcomes { ... on Error { code message } } }
    }
  }`;
  const { data } = await gateway.query(query, { input: { collectionId: 'employees', userIds } });
  return data.result.outcomes.map(({ code }: { code?: string }) => code);
}

test('Each call of a batch has its intent before it is sent, and its own outcome', async () => {
  const file = join(temporaryFolder(), 'audit.log');
  const gateway = await start(file);
  const unannounced: number[] = [];
  const { requests } = gateway.localAws;
  const add = requests.add.bind(requests);
  requests.add = entry => {
    const calls = requests.list().length + 1;
    if (linesIn(file).filter(({ event }) => event === 'intent').length < calls) unannounced.push(calls);
    return add(entry);
  };
  const userIds = ['one', 'ada', 'a b', ...Array.from({ length: 10 }, (_, at) => `more-${at}`)];
  const codes = await create(gateway, userIds);
  expect(codes).toEqual([undefined, 'CONFLICT', 'INVALID_INPUT', ...userIds.slice(3).map(() => undefined)]);
  expect(unannounced).toEqual([]);

  const lines = linesIn(file);
  const intents = lines.filter(({ event }) => event === 'intent');
  // What AWS would refuse is not sent, and so is no change.
  expect(intents.map(({ ids }) => ids.userId).toSorted()).toEqual(
    userIds.filter(id => id !== 'a b').toSorted(),
  );
  expect(new Set(intents.map(({ id }) => id)).size).toBe(intents.length);
  expect(new Set(lines.map(({ requestId, mutation: name }) => `${name} ${requestId !== ''}`))).toEqual(
    new Set(['createAuditedUsers true']),
  );
  for (const { id, ids } of intents) {
    const [end, ...others] = lines.filter(line => line.id === id && line.event === 'outcome');
    expect(others).toEqual([]);
    expect(end).toMatchObject(
      ids.userId === 'ada' ? { outcome: 'refused', code: 'CONFLICT' } : { outcome: 'success', ids },
    );
    expect(requests.list().map(({ requestId }) => requestId)).toContain(end?.awsRequestId);
  }
});

test('A disk that is full in the middle of a batch lets none of the rest be sent, and loses no outcome', async () => {
  const folder = temporaryFolder();
  const [path, disk] = [join(folder, 'audit.log'), join(folder, 'disk')];
  const link = (target: string) => {
    rmSync(path, { force: true });
    symlinkSync(target, path);
  };
  writeFileSync(disk, '');
  link(disk);
  const gateway = await start(path);
  gateway.localAws.faults.add({ effect: { type: 'latency', milliseconds: 1_000 } });
  const together = rekognition.parallelLookUps;
  const userIds = Array.from({ length: 3 * together }, (_, at) => `user-${at}`);
  const answer = create(gateway, userIds);
  await expect.poll(() => gateway.calls(), { timeout: 10_000 }).toHaveLength(together);
  link('/dev/full');
  await gateway.reopenAuditTrail();
  // Those under way are answered truly, and the others as what was not done.
  expect(await answer).toEqual(userIds.map((_, at) => (at < together ? undefined : 'PROVIDER_FAILURE')));
  expect(gateway.calls()).toHaveLength(together);

  link(disk);
  await gateway.reopenAuditTrail();
  const written = (event: string, outcomes?: string) =>
    linesIn(disk)
      .filter(line => line.event === event && line.outcome === outcomes)
      .map(({ ids }) => ids.userId);
  const sent = userIds.slice(0, together);
  await expect
    .poll(() => written('outcome', 'success').toSorted(), { timeout: 10_000 })
    .toEqual(sent.toSorted());
  expect(written('intent').toSorted()).toEqual(sent.toSorted());
});
