/** Bulk jobs of tests: gateways that work on them, and how to ask for them and wait for their end. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { type Answer, startTestGateway, type TestGateway } from './gateway.ts';
import { type OwnDatabase, ownDatabase } from './own-database.ts';
import { ask, withToken } from './tokens.ts';

/** All that a row tells. */
export const ROW =
  'position line outcome action thingId error { __typename message ... on InvalidInputError { issues { path message } } }';

const JOB =
  'id jobId operation state reason error { __typename message ... on ProviderFailureError { retryable outcomeUnknown } } dryRun counts { total invalid planned waiting succeeded failed unknown cancelled }';

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

export interface JobGateway extends TestGateway {
  readonly database: OwnDatabase;
}

/** Starts a gateway that works on jobs, in a database of its own unless it is given one. */
export async function startJobGateway(
  env: NodeJS.ProcessEnv = {},
  shared?: OwnDatabase,
): Promise<JobGateway> {
  const database = shared ?? (await ownDatabase());
  const gateway = await startTestGateway({ ...database.env, JOB_WORKERS: '4', ...env });
  return {
    ...gateway,
    database,
    stop: async () => {
      await gateway.stop();
      if (shared) return;
      expect(await miscounted(database)).toEqual([]);
      await database.drop();
    },
  };
}

/** A gateway that works on jobs for the tests of a file, with a local AWS that is as new before each of them. */
export function useJobGateway(env: NodeJS.ProcessEnv = {}): JobGateway {
  const used = {} as JobGateway;
  beforeAll(async () => void Object.assign(used, await startJobGateway(env)));
  beforeEach(() => used.localAws.reset());
  afterAll(() => used.stop());
  return used;
}

/** Where the kept numbers of rows are not those of the rows there are. */
function miscounted(database: OwnDatabase): Promise<readonly object[]> {
  const counted = 'select job, state, count(*)::int from vestibule.job_row group by job, state';
  const kept = 'select job, state, count from vestibule.job_row_count where count <> 0';
  return database.sql(`(${counted} except ${kept}) union all (${kept} except ${counted})`);
}

/** Asks for a job, and tells what came of the asking. */
export async function askForJob(gateway: TestGateway, name: string, input: object): Promise<Loose> {
  const stem = name.charAt(0).toUpperCase() + name.slice(1);
  const document = `mutation ($input: ${stem}Input!) { result: ${name}(input: $input) {
    __typename
    ... on ${stem}Success { job { ${JOB} } }
    ... on Error { code message }
    ... on InvalidInputError { issues { path message } }
  } }`;
  const { data, errors } = await gateway.query(document, { input });
  expect(errors).toBeUndefined();
  return data.result;
}

const ENDED = new Set(['INVALID', 'PLANNED', 'STOPPED', 'FAILED', 'CANCELLED', 'COMPLETED']);

/** What a job is when it has ended, with its rows. */
export async function endOfJob(gateway: TestGateway, id: string): Promise<Loose> {
  for (;;) {
    const job = await jobNow(gateway, id);
    if (ENDED.has(job.state)) return job;
    await setTimeout(100);
  }
}

export async function jobNow(gateway: TestGateway, id: string): Promise<Loose> {
  const document = `query ($id: ID!) { node(id: $id) { ... on Job { ${JOB} rows(first: 1000) { edges { node { ${ROW} } } } } } }`;
  const { data, errors } = await gateway.query(document, { id });
  expect(errors).toBeUndefined();
  const { rows, ...job } = data.node;
  return { ...job, rows: rows.edges.map(({ node }: Loose) => node) };
}

/** Asks for a job and waits for its end. */
export async function runJob(gateway: TestGateway, name: string, input: object): Promise<Loose> {
  const { __typename, job, ...rest } = await askForJob(gateway, name, input);
  expect({ __typename, ...rest }).toEqual({
    __typename: `${name.charAt(0).toUpperCase()}${name.slice(1)}Success`,
  });
  return endOfJob(gateway, job.id);
}

/** Cancels a job or tries it again, and tells what came of it. */
export async function changeJob(
  gateway: TestGateway,
  change: 'cancelJob' | 'retryJob',
  id: string,
): Promise<Loose> {
  const { data } = await gateway.query(
    `mutation ($id: ID!) { result: ${change}(input: { id: $id }) { __typename ... on Error { message } } }`,
    { id },
  );
  return data.result;
}

/** Breaks the connection on which the one who works on a job looks at it. */
export async function breakLookAtJob({ database }: JobGateway): Promise<void> {
  const looks = `datname = current_database() and wait_event_type = 'Lock' and query like 'select "state" from "job"%'`;
  await database.sql(`do $$ begin
    lock table vestibule.job in access exclusive mode;
    while not exists (select from pg_stat_activity where ${looks}) loop
      perform pg_sleep(0.02);
      perform pg_stat_clear_snapshot();
    end loop;
    perform pg_terminate_backend(pid) from pg_stat_activity where ${looks};
  end $$`);
}

/** Sends a document in somebody's name. */
export async function queryAs(gateway: TestGateway, token: string, document: string): Promise<Answer> {
  return (await ask(gateway, withToken(token), document)).body as Answer;
}

/** What a job exported, as a file. */
export async function exported(gateway: TestGateway, id: string, format: 'CSV' | 'NDJSON'): Promise<string> {
  const { data } = await gateway.query(
    'query ($id: ID!, $format: JobResultsFormat!) { node(id: $id) { ... on Job { resultsUrl(format: $format) } } }',
    { id, format },
  );
  const response = await fetch(new URL(data.node.resultsUrl, `${gateway.url}/graphql`));
  expect(response.status).toBe(200);
  return response.text();
}

/** Asks for a job whose rows are in a file, and tells what came of the asking. */
export async function askWithFile(
  gateway: TestGateway,
  name: string,
  input: object,
  { format, text }: { readonly format: 'csv' | 'ndjson'; readonly text: string | Uint8Array<ArrayBuffer> },
): Promise<Loose> {
  const stem = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${stem}Input!) { result: ${name}(input: $input) {
    __typename
    ... on ${stem}Success { job { ${JOB} } }
    ... on Error { code message }
    ... on InvalidInputError { issues { path message } }
  } }`;
  const form = new FormData();
  form.set(
    'operations',
    JSON.stringify({ query, variables: { input: { ...input, source: { [format]: null } } } }),
  );
  form.set('map', JSON.stringify({ file: [`variables.input.source.${format}`] }));
  form.set('file', new Blob([text]));
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'apollo-require-preflight': 'true' },
    body: form,
  });
  const { data, errors } = (await response.json()) as Answer;
  expect(errors).toBeUndefined();
  return data.result;
}
