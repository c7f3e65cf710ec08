/** Bulk jobs that are asked for once more under their idempotency keys. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { useJobCallers } from '../support/job-callers.ts';

const { as, jobOf } = useJobCallers();

const PATIENCE = { timeout: 20_000 };

describe('A repeat of a request under its key', () => {
  it('gives the job to who may see it alone', async () => {
    const row =
      '{ userName: "katherine", displayName: "x", name: { givenName: "x", familyName: "x" }, groups: [{ displayName: "Engineers" }] }';
    const input = `idempotencyKey: "${randomUUID()}", source: { rows: [${row}] }`;
    const id = await jobOf({ scope: '*' }, 'importIdentityStoreUsers', input);
    expect(await jobOf({ scope: 'identity-store:*' }, 'importIdentityStoreUsers', input)).toBe(id);
    const { data } = await as(
      { scope: 'identity-store:users:create' },
      `mutation { importIdentityStoreUsers(input: { ${input} }) { __typename ... on Error { message } } }`,
    );
    expect(data.importIdentityStoreUsers).toEqual({
      __typename: 'AccessDeniedError',
      message: 'The caller lacks the scope "identity-store:memberships:create".',
    });
  });
});

it('A repeat under the key of a job whose rows still come is refused', async () => {
  const idempotencyKey = randomUUID();
  const document = `mutation { result: importRekognitionUsers(input: { collectionId: "employees", idempotencyKey: "${idempotencyKey}", source: { rows: [{ userId: "a" }] } }) { __typename ... on ConflictError { reason message retryable } } }`;
  // A process that is alive, and still reads the file.
  const { JobStore } = await import('../../src/jobs/job-store.ts');
  const { promise: goOn, resolve } = Promise.withResolvers<void>();
  const add = vi.spyOn(JobStore.prototype, 'add');
  onTestFinished(() => add.mockRestore());
  add.mockImplementationOnce(() => goOn);
  const first = as({ scope: '*' }, document);
  await expect.poll(() => add.mock.calls.length, PATIENCE).toBe(1);
  expect((await as({ scope: '*' }, document)).data.result).toEqual({
    __typename: 'ConflictError',
    reason: 'REQUEST_IN_PROGRESS',
    message: expect.any(String),
    retryable: true,
  });
  // As long as its rows come, nobody sees it.
  expect(
    (await as({ sub: 'auditor', scope: '*' }, '{ jobs { edges { node { state } } } }')).errors,
  ).toBeUndefined();
  resolve();
  expect((await first).data.result).toEqual({ __typename: 'ImportRekognitionUsersSuccess' });
});
