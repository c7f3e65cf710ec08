/** How many rows a job is given, and what one of them may hold, wherever it comes from. */
import { expect, it } from 'vitest';
import { askForJob, askWithFile, jobNow, useJobGateway } from '../support/jobs.ts';

const gateway = useJobGateway({ MAX_JOB_ROWS: '12', JOB_WORKERS: '0' });

const name = 'importIdentityStoreUsers';
const user = (userName: string) => ({
  userName,
  displayName: 'User',
  name: { givenName: 'Given', familyName: 'User' },
});
const columns = 'userName,displayName,name.givenName,name.familyName,extensions';
const cells = (userName: string, extensions = '') =>
  `${userName},User,Given,User,"${extensions.replaceAll('"', '""')}"\r\n`;

const names = (count: number) => Array.from({ length: count }, (_, at) => `user${at}`);
const sources = {
  rows: (count: number) => askForJob(gateway, name, { source: { rows: names(count).map(user) } }),
  csv: (count: number) =>
    askWithFile(
      gateway,
      name,
      {},
      {
        format: 'csv',
        text: `${columns}\r\n${names(count)
          .map(each => cells(each))
          .join('')}`,
      },
    ),
  ndjson: (count: number) =>
    askWithFile(
      gateway,
      name,
      {},
      {
        format: 'ndjson',
        text: names(count)
          .map(each => JSON.stringify(user(each)))
          .join('\n'),
      },
    ),
};

it.each(['rows', 'csv', 'ndjson'] as const)(
  'MAX_JOB_ROWS rows are taken as %s, and no more',
  async member => {
    expect(await sources[member](12)).toMatchObject({ job: { state: 'QUEUED', counts: { total: 12 } } });
    const message = 'The source has more than 12 rows.';
    expect(await sources[member](13)).toEqual({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      message,
      issues: [{ path: ['source', member], message }],
    });
  },
);

/** The faults of the rows of a file, by their lines; each has to be the only one of its row. */
async function faults(format: 'csv' | 'ndjson', text: string) {
  const { job } = await askWithFile(gateway, name, {}, { format, text });
  const { state, rows } = await jobNow(gateway, job.id);
  expect(state).toBe('INVALID');
  return rows.map(({ line, error }: { line: number; error: { issues: object[] } | null }) => [
    line,
    ...(error?.issues ?? []),
  ]);
}

const nested = `{"a":${'['.repeat(100)}${']'.repeat(100)}}`;
const flat = `{"a":[${Array.from({ length: 5_000 }, () => '{}').join()}]}`;
const excess = {
  nesting: 'more than 100 levels of lists and objects within one another, and may have 100',
  values: (maximum: number) => `more than ${maximum} values, and JSON of its size may have ${maximum}`,
};

const line = (extensions: string) =>
  `${JSON.stringify(user('one')).slice(0, -1)},"extensions":${extensions}}`;

it('A line of NDJSON may hold as much as a request for its size, and is not looked into if it is too long', async () => {
  const long = line(`{"aws:identitystore:enterprise":{"x":"${'x'.repeat(131_072)}"}}`);
  const many = line(flat);
  expect(await faults('ndjson', [line(nested), many, `${long}}}]`].join('\n'))).toEqual([
    [1, { path: [], message: `The line has ${excess.nesting}.` }],
    [2, { path: [], message: `The line has ${excess.values(Math.floor(many.length / 8))}.` }],
    [3, { path: [], message: 'The row must have at most 131,072 bytes.' }],
  ]);
});

it('The JSON in a cell of CSV may hold as much, and a row that is too long is not taken apart', async () => {
  const text = `${columns}\r\n${cells('one', nested)}${cells('two', flat)}${','.repeat(140_000)}\r\n`;
  expect(await faults('csv', text)).toEqual([
    [2, { path: ['extensions'], message: `extensions has ${excess.nesting}.` }],
    [3, { path: ['extensions'], message: `extensions has ${excess.values(Math.floor(flat.length / 8))}.` }],
    [4, { path: [], message: 'The row must have at most 131,072 bytes.' }],
  ]);
});

it('What is kept of faults is short, however long the names are that they tell', async () => {
  const long = 'x'.repeat(100_000);
  const [[, fault]] = await faults('ndjson', JSON.stringify({ ...user('one'), [long]: 1 }));
  expect(fault.path).toEqual([`${'x'.repeat(200)}…`]);
  expect(fault.message).toBe(`${'x'.repeat(1_000)}…`);
  // Of rows with as many as are looked for, nothing else is looked at.
  for (const count of [90, 120]) {
    const many = Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`${at}`.padEnd(1_000, 'x'), 1]),
    );
    const [[, ...some]] = await faults('ndjson', JSON.stringify({ ...user('one'), ...many }));
    expect(JSON.stringify(some).length).toBeLessThan(6_000);
    expect(some.length).toBeGreaterThan(1);
  }
});

/** How many rows each statement wrote of a file whose rows have such a title. */
async function written(title: string) {
  const text = names(12).map(each =>
    JSON.stringify({ ...user(each), extensions: { 'aws:identitystore:enterprise': { title } } }),
  );
  const { job } = await askWithFile(gateway, name, {}, { format: 'ndjson', text: text.join('\n') });
  expect(job).toMatchObject({ state: 'QUEUED', counts: { total: 12 } });
  return gateway.database.sql(
    'select count(*)::int as rows from vestibule.job_row where job = $1 group by xmin::text order by rows desc',
    [job.jobId],
  );
}

it('Heavy rows are written a few at a time, light ones together', async () => {
  expect(await written('x')).toEqual([{ rows: 12 }]);
  expect(await written('x'.repeat(120_000))).toEqual([{ rows: 9 }, { rows: 3 }]);
});
