/** Users of Chime accounts in bulk. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type JobGateway, runJob, startJobGateway } from '../../support/jobs.ts';
import { examples } from '../../support/mutations.ts';

let gateway: JobGateway;
beforeAll(async () => {
  gateway = await startJobGateway();
});
beforeEach(() => gateway.localAws.reset());
afterAll(() => gateway.stop());

const { accountId } = examples['createChimeUser']?.args['input'] as { readonly accountId: string };

async function typeOf(email: string): Promise<string | null> {
  const { data } = await gateway.query(
    'query ($accountId: String!, $email: String!) { chimeUser(accountId: $accountId, by: { email: $email }) { userType } }',
    { accountId, email },
  );
  return data.chimeUser?.userType ?? null;
}

const rows = [
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
    const job = await runJob(gateway, 'importChimeUsers', { accountId, onExisting, source: { rows } });
    expect(job).toMatchObject({
      state: 'COMPLETED',
      rows: [{ outcome: 'SUCCEEDED', action: 'CREATE', error: null }, ofExisting],
    });
    expect(await typeOf('new@example.com')).toBe('PRIVATE_USER');
    expect(await typeOf('ada@example.com')).toBe(userType);
  },
);

it('importChimeUsers tells in a dry run what it would do', async () => {
  const input = { accountId, dryRun: true, onExisting: 'UPDATE', source: { rows } };
  expect(await runJob(gateway, 'importChimeUsers', input)).toMatchObject({
    state: 'PLANNED',
    rows: [
      { outcome: 'PLANNED', action: 'CREATE', thingId: null },
      { outcome: 'PLANNED', action: 'UPDATE', thingId: expect.any(String) },
    ],
  });
  expect(await typeOf('new@example.com')).toBeNull();
});
