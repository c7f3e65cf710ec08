/** How many bulk jobs one caller may have, and how many rows in them. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { queryAs, startJobGateway } from '../support/jobs.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

/** A gateway with such limits, and how it is asked for jobs. */
const quotas = async (limits: object, input: (at: number) => string) => {
  const limited = await startJobGateway({ ...issuer.env, ...limits });
  onTestFinished(() => limited.stop());
  const ask = async (sub: string, at: number): Promise<Loose> =>
    (
      await queryAs(
        limited,
        await issuer.token({ sub, scope: '*' }),
        `mutation { result: importRekognitionUsers(input: { collectionId: "employees", dryRun: true, ${input(at)} }) { __typename ... on Error { code message } } }`,
      )
    ).data.result;
  return ask;
};

describe('What a caller may have in jobs', () => {
  const success = { __typename: 'ImportRekognitionUsersSuccess' };
  const advice =
    'Nothing was done. Wait until some are deleted, JOB_HOURS after their end and exports EXPORT_HOURS, or have the limit raised.';
  const refusal = (message: string) => ({
    __typename: 'QuotaExceededError',
    code: 'QUOTA_EXCEEDED',
    message: `${message} ${advice}`,
  });

  it('is a number of jobs, those that have ended with them; a repeat is none, and others have theirs', async () => {
    const ask = await quotas(
      { MAX_CALLER_JOBS: '2' },
      at => `idempotencyKey: "key-${at}", source: { rows: [{ userId: "a" }] }`,
    );
    expect([await ask('ada', 1), await ask('ada', 2)]).toEqual([success, success]);
    expect(await ask('ada', 3)).toEqual(
      refusal('The caller has 2 bulk jobs, and may have 2 (MAX_CALLER_JOBS).'),
    );
    expect([await ask('ada', 2), await ask('bob', 1)]).toEqual([success, success]);
  });

  it('is a number of rows, those with faults with them', async () => {
    const ask = await quotas(
      { MAX_CALLER_ROWS: '3' },
      () => 'source: { rows: [{ userId: "no spaces" }, { userId: "b" }] }',
    );
    expect([await ask('ada', 1), await ask('ada', 2)]).toEqual([success, success]);
    expect(await ask('ada', 3)).toEqual(
      refusal('The caller has 4 rows in bulk jobs, and may have 3 (MAX_CALLER_ROWS).'),
    );
    expect(await ask('bob', 1)).toEqual(success);
  });
});
