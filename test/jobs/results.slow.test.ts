/** The results of a bulk job, as a file. */
import { get, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Answer } from '../support/gateway.ts';
import { startIssuer } from '../support/issuer.ts';
import { askForJob, endOfJob, type JobGateway, queryAs, runJob, startJobGateway } from '../support/jobs.ts';

const name = 'importRekognitionUsers';
const collectionId = 'employees';

/** The issues of a row as one cell. */
function issue(row: { error: { issues: { path: string[]; message: string }[] } }): string {
  return row.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

describe('The results of a job', () => {
  let gateway: JobGateway;
  beforeAll(async () => {
    gateway = await startJobGateway({ TRUSTED_PROXIES: '1' });
  });
  beforeEach(() => gateway.localAws.reset());
  afterAll(() => gateway.stop());

  const urlOf = async (id: string, format = 'CSV'): Promise<string | null> => {
    const { data } = await gateway.query(
      `query ($id: ID!) { node(id: $id) { ... on Job { resultsUrl(format: ${format}) } } }`,
      { id },
    );
    return data.node.resultsUrl;
  };

  const read = async (url: string | null) => {
    const answer = await fetch(new URL(url ?? '', `${gateway.url}/graphql`));
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      text: Buffer.from(await answer.arrayBuffer()).toString(),
    };
  };

  /** With a row that succeeds, one that exists already, and two with faults. */
  const mixedJob = () =>
    runJob(gateway, name, {
      collectionId,
      skipInvalidRows: true,
      source: { rows: [{ userId: 'new' }, { userId: 'ada' }, { userId: 'not valid' }, { userId: '=1+1' }] },
    });

  it('are comma-separated values for spreadsheets', async () => {
    const job = await mixedJob();
    const { status, headers, text } = await read(await urlOf(job.id));
    expect([status, headers]).toMatchObject([
      200,
      {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="job-${job.jobId}.csv"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    ]);
    const header = 'position,line,outcome,action,thingId,errorCode,errorMessage,issues';
    expect(text.startsWith(`\uFEFF${header}\r\n`)).toBe(true);
    const [added, exists, invalid, formula] = job.rows;
    expect(parse(text, { bom: true, columns: true })).toEqual([
      {
        position: '0',
        line: '',
        outcome: 'SUCCEEDED',
        action: 'CREATE',
        thingId: added.thingId,
        errorCode: '',
        errorMessage: '',
        issues: '',
      },
      {
        position: '1',
        line: '',
        outcome: 'FAILED',
        action: '',
        thingId: '',
        errorCode: 'CONFLICT',
        errorMessage: exists.error.message,
        issues: '',
      },
      {
        position: '2',
        line: '',
        outcome: 'INVALID',
        action: '',
        thingId: '',
        errorCode: 'INVALID_INPUT',
        errorMessage: invalid.error.message,
        issues: issue(invalid),
      },
      {
        position: '3',
        line: '',
        outcome: 'INVALID',
        action: '',
        thingId: '',
        errorCode: 'INVALID_INPUT',
        errorMessage: formula.error.message,
        issues: issue(formula),
      },
    ]);
  });

  it('are JSON on each line for programs', async () => {
    const job = await mixedJob();
    const { status, headers, text } = await read(await urlOf(job.id, 'NDJSON'));
    expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
      200,
      'application/x-ndjson; charset=utf-8',
      `attachment; filename="job-${job.jobId}.ndjson"`,
    ]);
    const rows = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as object);
    expect(rows).toHaveLength(4);
    expect(rows[0]).toEqual({
      position: 0,
      line: null,
      outcome: 'SUCCEEDED',
      action: 'CREATE',
      thingId: job.rows[0].thingId,
      errorCode: null,
      errorMessage: null,
      issues: [],
    });
    expect(rows[2]).toMatchObject({
      outcome: 'INVALID',
      errorCode: 'INVALID_INPUT',
      issues: job.rows[2].error.issues.map(({ path, message }: { path: string[]; message: string }) => ({
        path: path.join('.'),
        message,
      })),
    });
  });

  it.each(['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1'])(
    'keep spreadsheets from calculating %j',
    async begin => {
      const job = await mixedJob();
      const message = `${begin}; "quoted", in\ntwo lines`;
      await gateway.database.sql(
        `update job_row set error = jsonb_set(error, '{message}', to_jsonb($2::text)) where job = $1 and position = 1`,
        [job.jobId, message],
      );
      const { text } = await read(await urlOf(job.id));
      expect(parse(text, { bom: true, columns: true })[1]).toMatchObject({ errorMessage: `'${message}` });
      const { text: json } = await read(await urlOf(job.id, 'NDJSON'));
      expect(JSON.parse(json.split('\n')[1] ?? '')).toMatchObject({ errorMessage: message });
    },
  );

  it('are there when the job has ended', async () => {
    gateway.localAws.faults.add({ operation: 'CreateUser', effect: { type: 'latency', milliseconds: 700 } });
    const { job } = await askForJob(gateway, name, { collectionId, source: { rows: [{ userId: 'slow' }] } });
    expect(await urlOf(job.id)).toBeNull();
    await endOfJob(gateway, job.id);
    expect(await urlOf(job.id)).toMatch(
      /^jobs\/[0-9a-f-]{36}\/results\.csv\?holder=anonymous&expires=\d+&signature=[\w-]{43}$/,
    );
  });

  it('are for the job, the format and the hour of the address alone', async () => {
    const [job, other] = [await mixedJob(), await mixedJob()];
    const good = (await urlOf(job.id)) ?? '';
    expect((await read(good)).status).toBe(200);
    const forged =
      'This is no address of results that this gateway gave out for this job and format. Ask for `Job.resultsUrl`.';
    const refusalOf = async (url: string) => {
      const { status, text } = await read(url);
      const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
      return [status, errors[0]?.extensions.code, errors[0]?.message];
    };
    for (const bad of [
      good.replace(job.jobId, other.jobId),
      good.replace('results.csv', 'results.ndjson'),
      good.replace(/expires=\d/, 'expires=9'),
      good.replace('holder=anonymous', 'holder=another'),
      good.replace(/signature=./, text => `signature=${text.endsWith('A') ? 'B' : 'A'}`),
      good.replace(/&signature=.*/, ''),
      good.replace(/\?.*/, ''),
      `${good}AAAA`,
    ]) {
      expect(await refusalOf(bad)).toEqual([403, 'ACCESS_DENIED', forged]);
    }
    const end = Number(/expires=(\d+)/.exec(good)?.[1]) * 1_000;
    vi.spyOn(Date, 'now').mockReturnValue(end - 1);
    onTestFinished(() => void vi.restoreAllMocks());
    expect((await read(good)).status).toBe(200);
    vi.spyOn(Date, 'now').mockReturnValue(end);
    expect(await refusalOf(good)).toEqual([
      403,
      'ACCESS_DENIED',
      'The address has expired. Ask for `Job.resultsUrl` again.',
    ]);
    vi.restoreAllMocks();
    expect(end).toBeGreaterThan(Date.now() + 3_500_000);
    expect(end).toBeLessThanOrEqual(Date.now() + 3_600_000);
    await gateway.database.sql('delete from job where id = $1', [job.jobId]);
    expect(await refusalOf(good)).toEqual([404, 'NOT_FOUND', 'There is no such job any more.']);
    const posted = await fetch(new URL(good, `${gateway.url}/graphql`), { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('are sent as fast as they are read, with little of them in memory', async () => {
    const job = await mixedJob();
    await gateway.database.sql(
      `insert into job_row (job, position, line, state, error)
       select $1, at, at + 1, 'FAILED', jsonb_build_object('name', 'ConflictError', 'code', 'CONFLICT', 'message', repeat('x', 300))
       from generate_series(4, 100003) as at`,
      [job.jobId],
    );
    const { JobQueries } = await import('../../src/jobs/job-queries.ts');
    const pages = vi.spyOn(JobQueries.prototype, 'someRows');
    onTestFinished(() => pages.mockRestore());
    const url = new URL((await urlOf(job.id)) ?? '', `${gateway.url}/graphql`);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, resolve).on('error', reject);
    });
    // As long as nobody reads, little is fetched.
    await setTimeout(3_000);
    expect(pages.mock.calls.length).toBeLessThan(60);
    let lines = 0;
    for await (const text of response.setEncoding('utf8')) lines += String(text).split('\n').length - 1;
    expect(lines).toBe(100_005);
    // The last one finds none.
    expect(pages.mock.calls.length).toBe(102);
    for (const [, limit] of pages.mock.calls) expect(limit).toBe(1_000);
  }, 60_000);

  it('of which nobody reads any more are fetched no further, and make room for others', async () => {
    const job = await mixedJob();
    await gateway.database.sql(
      `insert into job_row (job, position, state, error)
       select $1, at, 'FAILED', jsonb_build_object('name', 'ConflictError', 'code', 'CONFLICT', 'message', repeat('x', 900))
       from generate_series(4, 20003) as at`,
      [job.jobId],
    );
    const url = new URL((await urlOf(job.id)) ?? '', `${gateway.url}/graphql`);
    const leave = new AbortController();
    const from = (address: string) =>
      fetch(url, { signal: leave.signal, headers: { 'x-forwarded-for': address } });
    const refusalTo = async (address: string) => {
      const answer = await from(address);
      const { errors } = (await answer.json()) as Answer;
      return [answer.status, answer.headers.get('retry-after'), errors?.[0]?.message];
    };
    const five = Array.from({ length: 5 }, () => 200);
    const held = await Promise.all(five.map(() => from('192.0.2.1')));
    expect(held.map(({ status }) => status)).toEqual(five);
    expect(await refusalTo('192.0.2.1')).toEqual([
      503,
      '1',
      'As many results are read at addresses that this caller was given as may be at a time. Try again.',
    ]);
    // The others are for others, as long as there are any.
    const others = await Promise.all(five.map((_, at) => from(`192.0.2.${2 + at}`)));
    expect(others.map(({ status }) => status)).toEqual(five);
    expect(await refusalTo('192.0.2.7')).toEqual([
      503,
      '1',
      'As many results are read as may be at a time. Try again.',
    ]);
    leave.abort();
    await expect
      .poll(
        async () => {
          const answer = await fetch(url);
          await answer.body?.cancel();
          return answer.status;
        },
        { timeout: 20_000 },
      )
      .toBe(200);
  });
});

describe('The results of the jobs of several callers', () => {
  it('are read by each, whoever else holds as many addresses as it likes', async () => {
    const issuer = await startIssuer();
    const gateway = await startJobGateway(issuer.env);
    onTestFinished(async () => {
      await gateway.stop();
      await issuer.stop();
    });
    const [ada, bob] = await Promise.all(['ada', 'bob'].map(sub => issuer.token({ sub, scope: '*' })));
    const asked = await queryAs(
      gateway,
      ada ?? '',
      'mutation { importRekognitionUsers(input: { collectionId: "employees", dryRun: true, source: { rows: [{ userId: "a" }] } }) { ... on ImportRekognitionUsersSuccess { job { id jobId } } } }',
    );
    const { id, jobId } = asked.data.importRekognitionUsers.job;
    await gateway.database.sql(
      `insert into job_row (job, position, state, error)
       select $1, at, 'FAILED', jsonb_build_object('name', 'ConflictError', 'code', 'CONFLICT', 'message', repeat('x', 900))
       from generate_series(4, 20003) as at`,
      [jobId],
    );
    const linkFor = async (token: string | undefined): Promise<string | null> => {
      const { data } = await queryAs(
        gateway,
        token ?? '',
        `{ node(id: "${id}") { ... on Job { resultsUrl } } }`,
      );
      return data.node.resultsUrl;
    };
    await expect.poll(() => linkFor(ada), { timeout: 20_000 }).not.toBeNull();
    const leave = new AbortController();
    // What is unread of an answer is given up with the answer: they are kept.
    const answers: Response[] = [];
    const statusOf = async (token: string | undefined) => {
      const url = new URL((await linkFor(token)) ?? '', `${gateway.url}/graphql`);
      const answer = await fetch(url, { signal: leave.signal });
      answers.push(answer);
      return answer.status;
    };
    const statuses: number[] = [];
    for (let at = 0; at < 7; at += 1) statuses.push(await statusOf(ada));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 503, 503]);
    expect(await statusOf(bob)).toBe(200);
    expect(answers).toHaveLength(8);
    leave.abort();
  });
});
