/** How many rows a job is given, and what one of them may hold, wherever it comes from. */
import { expect, it } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { askForJob, askWithFile, jobNow } from '../support/jobs.ts';

const gateway = useGateway({ MAX_JOB_ROWS: '3' });

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
    expect(await sources[member](3)).toMatchObject({ job: { state: 'QUEUED', counts: { total: 3 } } });
    const message = 'The source has more than 3 rows.';
    expect(await sources[member](4)).toEqual({
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

it('A line of NDJSON may hold as much as a request for its size, and is not looked into if it is too long', async () => {
  const line = (extensions: string) =>
    `${JSON.stringify(user('one')).slice(0, -1)},"extensions":${extensions}}`;
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
  const many = Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`${at}`.padEnd(1_000, 'x'), 1]));
  const [[, ...some]] = await faults('ndjson', JSON.stringify({ ...user('one'), ...many }));
  expect(JSON.stringify(some).length).toBeLessThan(20_000);
  expect(some.length).toBeGreaterThan(5);
});
