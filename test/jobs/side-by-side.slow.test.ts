/** How much one caller may have in jobs when it asks for many at the same moment, of several gateways. */
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { queryAs } from '../support/jobs.ts';
import { ownDatabase } from '../support/own-database.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());

const SUCCESS = 'ImportRekognitionUsersSuccess';

/** What comes of so many imports at once, of gateways that share a database, by the words of each; and what is kept of them. */
async function importsAtOnce(count: number, gateways: number, limits: NodeJS.ProcessEnv, rows: string) {
  const database = await ownDatabase();
  const started = await Promise.all(
    Array.from({ length: gateways }, () => startTestGateway({ ...issuer.env, ...database.env, ...limits })),
  );
  onTestFinished(async () => {
    await Promise.all(started.map(gateway => gateway.stop()));
    await database.drop();
  });
  const token = await issuer.token({ scope: '*' });
  const document = `mutation { result: importRekognitionUsers(input: { collectionId: "employees", dryRun: true, source: { rows: [${rows}] } }) { __typename ... on Error { message } } }`;
  const results = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const { data } = await queryAs(started[at % gateways] as (typeof started)[number], token, document);
      return (data.result.message ?? data.result.__typename) as string;
    }),
  );
  const [kept] = await database.sql<{ jobs: number; rows: number }>(
    'select (select count(*)::int from vestibule.job) as jobs, (select count(*)::int from vestibule.job_row) as rows',
  );
  const told = Map.groupBy(results, result => result);
  return { kept, told: Object.fromEntries([...told].map(([words, all]) => [words, all.length])) };
}

const ADVICE =
  'Nothing was done. Wait until some are deleted, JOB_HOURS after their end and exports EXPORT_HOURS, or have the limit raised.';

it.each([1, 2])('is no more than MAX_CALLER_JOBS jobs, of fifty at once: %i gateways', async gateways => {
  expect(await importsAtOnce(50, gateways, { MAX_CALLER_JOBS: '7' }, '{ userId: "a" }')).toEqual({
    kept: { jobs: 7, rows: 7 },
    told: {
      [SUCCESS]: 7,
      [`The caller has 7 bulk jobs, and may have 7 (MAX_CALLER_JOBS). ${ADVICE}`]: 43,
    },
  });
});

it.each([1, 2])(
  'is as many rows as of imports one after the other, of ten at once: %i gateways',
  async gateways => {
    const { kept, told } = await importsAtOnce(
      10,
      gateways,
      { MAX_CALLER_ROWS: '3' },
      '{ userId: "a" }, { userId: "b" }',
    );
    expect(kept).toEqual({ jobs: 2, rows: 4 });
    const { [SUCCESS]: succeeded, ...refused } = told;
    expect(succeeded).toBe(2);
    for (const words of Object.keys(refused)) {
      expect(words).toMatch(/^The caller has \d+ rows in bulk jobs, and may have 3 \(MAX_CALLER_ROWS\)\. /);
    }
  },
);
