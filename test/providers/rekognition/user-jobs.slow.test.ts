/** Users of face collections in bulk. */
import { expect, it } from 'vitest';
import { askWithFile, endOfJob, exported, runJob, useJobGateway } from '../../support/jobs.ts';

const gateway = useJobGateway({ PROTECTED_USERS: 'gr*' });

const collectionId = 'employees';

async function userIds(): Promise<string[]> {
  const { data } = await gateway.query(
    `{ rekognitionCollection(collectionId: "${collectionId}") { users { edges { node { userId } } } } }`,
  );
  return data.rekognitionCollection.users.edges
    .map(({ node }: { node: { userId: string } }) => node.userId)
    .toSorted();
}

const before = ['ada', 'alan', 'grace'];

it.each([
  ['FAIL', { outcome: 'FAILED', action: null, error: { __typename: 'ConflictError' } }],
  ['SKIP', { outcome: 'SUCCEEDED', action: 'SKIP', error: null }],
  ['UPDATE', { outcome: 'SUCCEEDED', action: 'SKIP', error: null }],
])('importRekognitionUsers creates users, and has those that exist %s', async (onExisting, ofExisting) => {
  const source = { rows: [{ userId: 'new' }, { userId: 'ada' }] };
  const job = await runJob(gateway, 'importRekognitionUsers', { collectionId, onExisting, source });
  expect(job).toMatchObject({
    state: 'COMPLETED',
    rows: [{ outcome: 'SUCCEEDED', action: 'CREATE', error: null }, ofExisting],
  });
  expect(await userIds()).toEqual([...before, 'new'].toSorted());
});

it('importRekognitionUsers tells in a dry run what it would do', async () => {
  const source = { rows: [{ userId: 'new' }, { userId: 'ada' }] };
  const job = await runJob(gateway, 'importRekognitionUsers', { collectionId, dryRun: true, source });
  expect(job).toMatchObject({
    state: 'PLANNED',
    rows: [
      { outcome: 'PLANNED', action: 'CREATE' },
      { outcome: 'FAILED', error: { message: 'The collection "employees" already has a user "ada".' } },
    ],
  });
  expect(await userIds()).toEqual(before);
});

it('deleteRekognitionUsers deletes users once the number is confirmed, but no protected ones', async () => {
  const source = { rows: [{ userId: 'ada' }, { userId: 'grace' }, { userId: 'nobody' }] };
  const stopped = await runJob(gateway, 'deleteRekognitionUsers', { collectionId, source });
  expect(stopped).toMatchObject({
    state: 'STOPPED',
    reason:
      '1 of 3 users of the collection "employees" would be deleted, which is 33.3 %; more than 5 % are deleted only if confirmDeletions repeats the number. Nothing was deleted. Ask for another job, with confirmDeletions: 1, to have it deleted.',
  });
  const job = await runJob(gateway, 'deleteRekognitionUsers', { collectionId, source, confirmDeletions: 1 });
  expect(job.rows).toMatchObject([
    { outcome: 'SUCCEEDED', action: 'DELETE' },
    { outcome: 'FAILED', error: { __typename: 'AccessDeniedError' } },
    { outcome: 'FAILED', error: { __typename: 'NotFoundError' } },
  ]);
  expect(await userIds()).toEqual(['alan', 'grace']);
});

it('exportRekognitionUsers writes what importRekognitionUsers reads', async () => {
  const { id } = await runJob(gateway, 'exportRekognitionUsers', { collectionId });
  const text = await exported(gateway, id, 'CSV');
  expect(text.trim().split('\r\n').toSorted()).toEqual([...before, 'userId']);
  const { job } = await askWithFile(
    gateway,
    'importRekognitionUsers',
    { collectionId: 'contractors' },
    { format: 'csv', text },
  );
  expect(await endOfJob(gateway, job.id)).toMatchObject({ state: 'COMPLETED', counts: { succeeded: 3 } });
});
