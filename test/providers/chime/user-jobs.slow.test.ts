/** Users of Chime accounts in bulk. */
import { expect, it } from 'vitest';
import { askWithFile, endOfJob, exported, runJob, useJobGateway } from '../../support/jobs.ts';

const gateway = useJobGateway();

const accountId = '6f1c2d3e-4b5a-4c6d-8e7f-901234567890';

async function typeOf(email: string): Promise<string | null> {
  const { data } = await gateway.query(
    'query ($accountId: String!, $email: String!) { chimeUser(accountId: $accountId, by: { email: $email }) { userType } }',
    { accountId, email },
  );
  return data.chimeUser?.userType ?? null;
}

const given = [
  { username: 'new', email: 'new@example.com' },
  { username: 'ada', email: 'ada@example.com', userType: 'SHARED_DEVICE' },
];

it.each([
  ['FAIL', { outcome: 'FAILED', action: null, error: { __typename: 'ConflictError' } }, 'PRIVATE_USER'],
  ['SKIP', { outcome: 'SUCCEEDED', action: 'SKIP', error: null }, 'PRIVATE_USER'],
  ['UPDATE', { outcome: 'SUCCEEDED', action: 'UPDATE', error: null }, 'SHARED_DEVICE'],
])(
  'importChimeUsers creates users, and has those that exist %s',
  async (onExisting, ofExisting, userType) => {
    const job = await runJob(gateway, 'importChimeUsers', { accountId, onExisting, source: { rows: given } });
    expect(job).toMatchObject({
      state: 'COMPLETED',
      rows: [{ outcome: 'SUCCEEDED', action: 'CREATE', error: null }, ofExisting],
    });
    expect(await typeOf('new@example.com')).toBe('PRIVATE_USER');
    expect(await typeOf('ada@example.com')).toBe(userType);
  },
);

it('importChimeUsers tells in a dry run what it would do', async () => {
  const input = { accountId, dryRun: true, onExisting: 'UPDATE', source: { rows: given } };
  expect(await runJob(gateway, 'importChimeUsers', input)).toMatchObject({
    state: 'PLANNED',
    rows: [
      { outcome: 'PLANNED', action: 'CREATE', thingId: null },
      { outcome: 'PLANNED', action: 'UPDATE', thingId: expect.any(String) },
    ],
  });
  expect(await typeOf('new@example.com')).toBeNull();
});

it('exportChimeUsers writes what importChimeUsers reads', async () => {
  const { id } = await runJob(gateway, 'exportChimeUsers', { accountId });
  const text = await exported(gateway, id, 'CSV');
  expect(text.split('\r\n')[0]).toBe('email,userType');
  const input = { accountId, onExisting: 'SKIP' };
  const { job } = await askWithFile(gateway, 'importChimeUsers', input, { format: 'csv', text });
  const { state, rows } = await endOfJob(gateway, job.id);
  expect(state).toBe('COMPLETED');
  expect(new Set(rows.map(({ action }: { action: string }) => action))).toEqual(new Set(['SKIP']));
});
