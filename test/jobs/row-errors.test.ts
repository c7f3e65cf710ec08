/** What is told of many rows that are at fault, at the default limits. */
import { beforeAll, expect, it } from 'vitest';
import { askWithFile, jobNow, useJobGateway } from '../support/jobs.ts';

const gateway = useJobGateway({ JOB_WORKERS: '0' });

const COUNT = 1_000;
const roles = JSON.stringify(Array.from({ length: 100 }, () => 1));
const told = Array.from({ length: 20 }, (_, at) => ({
  path: ['roles', `${at}`],
  message: `roles.${at} must be an object.`,
}));
const message = `${told.map(issue => issue.message).join(' ')} There are at least 80 more issues.`;

let id: string;
beforeAll(async () => {
  const text = Array.from(
    { length: COUNT },
    (_, at) =>
      `{"userName":"user${at}","displayName":"User","name":{"givenName":"Given","familyName":"User"},"roles":${roles}}`,
  ).join('\n');
  const { job } = await askWithFile(gateway, 'importIdentityStoreUsers', {}, { format: 'ndjson', text });
  expect(await jobNow(gateway, job.id)).toMatchObject({ state: 'INVALID', counts: { total: COUNT } });
  id = job.id;
});

async function errorsOf(first: number, selected: string) {
  const { data } = await gateway.query(
    `query ($id: ID!) { node(id: $id) { ... on Job { rows(first: ${first}) { edges { node { error { ${selected} } } } } } } }`,
    { id },
  );
  return data.node.rows.edges.map(({ node }: { node: { error: object } }) => node.error);
}

it.each([100, COUNT])('A page of %i rows is told with the first 20 issues of each', async first => {
  expect(await errorsOf(first, 'code message ... on InvalidInputError { issues { path message } }')).toEqual(
    Array.from({ length: first }, () => ({ code: 'INVALID_INPUT', message, issues: told })),
  );
});

it('A page of 1,000 rows is told with the messages of their errors', async () => {
  expect(await errorsOf(COUNT, 'message')).toEqual(Array.from({ length: COUNT }, () => ({ message })));
});
