/** How a bulk job is watched: by a subscription over server-sent events. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { connectTo } from '../support/connection.ts';
import { type EventStream, subscribe, told } from '../support/events.ts';
import { startIssuer } from '../support/issuer.ts';
import { askForJob, changeJob, endOfJob, type JobGateway, runJob, startJobGateway } from '../support/jobs.ts';
import { scrape } from '../support/prometheus.ts';
import { withToken } from '../support/tokens.ts';

const query =
  'subscription ($id: ID!) { jobProgress(id: $id) { id state counts { total waiting succeeded } rowsPerSecond estimatedEnd endedAt } }';

const name = 'importRekognitionUsers';

function input(count: number) {
  const rows = Array.from({ length: count }, (_, at) => ({ userId: `user-${at}` }));
  return { collectionId: 'employees', source: { rows } };
}

function watching({ id }: { readonly id: string }, headers: Readonly<Record<string, string>> = {}) {
  return { query, variables: { id }, headers };
}

// The shape is the document's; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
function jobs(stream: EventStream): any[] {
  return told(stream).flatMap(({ data }) => data?.data?.jobProgress ?? []);
}

async function openSubscriptions({ metricsUrl }: JobGateway): Promise<number | undefined> {
  const samples = await scrape(metricsUrl);
  return samples.find(sample => sample.name === 'vestibule_subscriptions')?.value;
}

function slow(gateway: JobGateway, milliseconds: number): void {
  gateway.localAws.faults.add({ operation: 'CreateUser', effect: { type: 'latency', milliseconds } });
}

/** A slow machine may take its time. */
const PATIENCE = { timeout: 20_000 };

describe('jobProgress', () => {
  let gateway: JobGateway;
  beforeAll(async () => {
    gateway = await startJobGateway({ METRICS_PORT: '0' });
  });
  beforeEach(() => gateway.localAws.reset());
  afterAll(() => gateway.stop());

  /** A job that goes on as long as the test lasts. */
  async function longJob() {
    slow(gateway, 400);
    const { job } = await askForJob(gateway, name, input(500));
    onTestFinished(async () => {
      const cancel = 'mutation ($id: ID!) { cancelJob(input: { id: $id }) { __typename } }';
      await gateway.query(cancel, { id: job.id });
      gateway.localAws.faults.clear();
      await endOfJob(gateway, job.id);
    });
    return job;
  }

  it.each(['POST', 'GET'] as const)(
    'tells by %s the state at once, then each change, and completes when the job has ended',
    async method => {
      // It is looked at twice a second, and so at least once while it runs.
      slow(gateway, 1_500);
      const { job } = await askForJob(gateway, name, input(20));
      const stream = await subscribe(gateway, { ...watching(job), method });
      expect(await stream.end).toBe('ended');
      expect(stream.status).toBe(200);
      expect(Object.fromEntries(stream.headers)).toMatchObject({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-accel-buffering': 'no',
        'x-request-id': expect.any(String),
      });
      const all = told(stream);
      expect(all.at(-1)).toEqual({ event: 'complete', data: undefined });
      expect(all.slice(0, -1).every(({ event }) => event === 'next')).toBe(true);
      const states = jobs(stream);
      expect(states).toHaveLength(all.length - 1);
      expect(states.length).toBeGreaterThan(2);
      expect(states.every(({ id, counts }) => id === job.id && counts.total === 20)).toBe(true);
      expect(states.at(-1)).toMatchObject({
        state: 'COMPLETED',
        counts: { total: 20, waiting: 0, succeeded: 20 },
        estimatedEnd: null,
        endedAt: expect.any(String),
      });
      const succeeded = states.map(({ counts }) => counts.succeeded);
      expect(succeeded).toEqual(succeeded.toSorted((one, other) => one - other));
    },
  );

  it('tells the rate and the end of a job that has just begun, and of one that is tried again', async () => {
    // Some more than one row a second of each of the rows that are under way.
    const { id } = await longJob();
    const rateNow = async () => {
      const { data } = await gateway.query(
        'query ($id: ID!) { node(id: $id) { ... on Job { rowsPerSecond estimatedEnd counts { waiting succeeded } } } }',
        { id },
      );
      const { rowsPerSecond, estimatedEnd, counts } = data.node;
      const left = (Date.parse(estimatedEnd) - Date.now()) / 1_000;
      return { rowsPerSecond, left, ...counts };
    };
    const begun = async (since: number, before: number) => {
      await expect
        .poll(async () => (await rateNow()).succeeded, PATIENCE)
        .toBeGreaterThanOrEqual(before + 15);
      const seconds = Math.max(1, (performance.now() - since) / 1_000);
      const { rowsPerSecond, left, waiting, succeeded } = await rateNow();
      // Less than the time since the job was asked for has passed since the work on it began.
      expect(seconds).toBeLessThan(8);
      expect(rowsPerSecond).toBeGreaterThan(((succeeded - before) / seconds) * 0.8);
      expect(left).toBeLessThan((waiting / (succeeded - before)) * seconds * 1.3);
      return succeeded;
    };
    const done = await begun(performance.now(), 0);
    await changeJob(gateway, 'cancelJob', id);
    const cancelled = await endOfJob(gateway, id);
    expect(cancelled.counts.cancelled).toBeGreaterThan(400);
    await setTimeout(500);
    const since = performance.now();
    expect(await changeJob(gateway, 'retryJob', id)).toEqual({ __typename: 'RetryJobSuccess' });
    await begun(since, cancelled.counts.succeeded);
    expect(done).toBeGreaterThan(0);
  });

  it('tells of a job that has ended once, and completes', async () => {
    const job = await runJob(gateway, name, input(1));
    const stream = await subscribe(gateway, watching(job));
    expect(await stream.end).toBe('ended');
    expect(told(stream)).toMatchObject([
      { event: 'next', data: { data: { jobProgress: { id: job.id, state: 'COMPLETED' } } } },
      { event: 'complete' },
    ]);
  });

  it('says nothing but what keeps the connection alive while nothing changes', async () => {
    slow(gateway, 2_500);
    const { job } = await askForJob(gateway, name, input(1));
    const stream = await subscribe(gateway, watching(job));
    await stream.end;
    expect(stream.events.filter(({ event }) => event === 'comment').length).toBeGreaterThan(2);
    // As it was queued, as it ran, as its row was done, as it had ended: whoever looks sees some of these, and none twice.
    const events = told(stream).map(event => JSON.stringify(event));
    expect(events).toEqual([...new Set(events)]);
    expect(events.length).toBeLessThanOrEqual(5);
  });

  it.each([
    ['Job:00000000-0000-4000-8000-000000000000', 'There is no such job.', 'NOT_FOUND'],
    ['Job:nothing', 'There is no such job.', 'NOT_FOUND'],
    ['User:nothing', 'id must be the global id of a job.', 'INVALID_INPUT'],
  ])('tells of %s why there is nothing to watch, and completes', async (text, message, code) => {
    const stream = await subscribe(gateway, watching({ id: Buffer.from(text).toString('base64url') }));
    expect(await stream.end).toBe('ended');
    expect(stream.status).toBe(200);
    expect(told(stream)).toMatchObject([
      { event: 'next', data: { errors: [{ message, path: ['jobProgress'], extensions: { code } }] } },
      { event: 'complete' },
    ]);
    expect(await openSubscriptions(gateway)).toBe(0);
  });

  it('tells of a document that is not valid with events, as the protocol wants it', async () => {
    const stream = await subscribe(gateway, { query: 'subscription { jobProgress(id: "x") { nothing } }' });
    await stream.end;
    expect(told(stream)).toMatchObject([
      {
        event: 'next',
        data: { errors: [{ message: 'Cannot query field "nothing" on type "Job".' }] },
      },
      { event: 'complete' },
    ]);
  });

  it('has a job looked at once for all who watch it, and not at all when they have left', async () => {
    const { JobQueries } = await import('../../src/jobs/job-queries.ts');
    const looks = vi.spyOn(JobQueries.prototype, 'progressOfEach');
    onTestFinished(() => looks.mockRestore());
    const job = await longJob();
    const streams = await Promise.all(Array.from({ length: 10 }, () => subscribe(gateway, watching(job))));
    await vi.waitFor(() => {
      for (const stream of streams) expect(jobs(stream).length).toBeGreaterThan(1);
    }, PATIENCE);
    expect(await openSubscriptions(gateway)).toBe(10);
    looks.mockClear();
    await setTimeout(2_000);
    expect(looks.mock.calls.length).toBeGreaterThan(0);
    expect(looks.mock.calls.length).toBeLessThanOrEqual(5);
    for (const stream of streams) stream.leave();
    await vi.waitFor(async () => expect(await openSubscriptions(gateway)).toBe(0), PATIENCE);
    looks.mockClear();
    await setTimeout(1_600);
    // The look that was under way, at most.
    expect(looks.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it('is refused to who takes no events, whether the document is known or not', async () => {
    for (const accept of ['application/json', 'application/json, text/event-stream;q=0']) {
      for (const _ of ['new', 'known']) {
        const answer = await fetch(`${gateway.url}/graphql`, {
          method: 'POST',
          headers: { accept, 'content-type': 'application/json' },
          body: JSON.stringify({ query: `${query} # ${accept}`, variables: { id: 'any' } }),
        });
        expect([answer.status, await answer.json()]).toEqual([
          406,
          {
            errors: [
              {
                message:
                  'A subscription is answered with events alone. Ask for them with the header "accept: text/event-stream".',
                extensions: { code: 'NOT_ACCEPTABLE' },
              },
            ],
          },
        ]);
      }
    }
    expect(await openSubscriptions(gateway)).toBe(0);
  });

  it.each(['application/json, text/event-stream', '*/*'])(
    'is answered with events to who accepts %s, and a query with JSON',
    async accept => {
      const job = await runJob(gateway, name, input(1));
      for (const _ of ['new', 'known']) {
        const stream = await subscribe(gateway, watching(job, { accept }));
        expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
        await stream.end;
        expect(told(stream).map(({ event }) => event)).toEqual(['next', 'complete']);
        const answer = await subscribe(gateway, { query: '{ __typename }', headers: { accept } });
        expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
        await answer.end;
      }
    },
  );

  it('has events of a bounded size', async () => {
    const stream = await subscribe(gateway, {
      query: 'subscription { jobProgress(id: "any") { rows(first: 1000) { edges { node { position } } } } }',
    });
    await stream.end;
    expect(stream.status).toBe(400);
    expect(told(stream)).toMatchObject([
      {
        data: {
          errors: [
            {
              message: expect.stringMatching(
                /^The operation is too large: its events can have \d+ values each, and may have 1000\. Query the rest\.$/,
              ),
              extensions: { code: 'OPERATION_TOO_LARGE', limit: 'eventValues', maximum: 1_000 },
            },
          ],
        },
      },
      { event: 'complete' },
    ]);
  });

  it('cuts a client off that reads nothing for a minute', async () => {
    const job = await longJob();
    const timeOuts = vi.spyOn(globalThis, 'setTimeout');
    onTestFinished(() => timeOuts.mockRestore());
    const client = connectTo(gateway.url).pause();
    // Events as large as they can be, so that the buffers of two sockets are soon full.
    const alias = 'x'.repeat(900_000);
    const body = JSON.stringify({
      query: `subscription ($id: ID!) { jobProgress(id: $id) { ${alias}: id counts { succeeded } } }`,
      variables: { id: job.id },
    });
    client.write(
      `POST /graphql HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await expect.poll(() => openSubscriptions(gateway), { timeout: 10_000 }).toBe(1);
    const changed = async () => {
      await gateway.database.sql('update job set reason = random()::text where state = $1', ['RUNNING']);
      await setTimeout(600);
      return openSubscriptions(gateway);
    };
    // More than the buffers of two sockets hold.
    for (let event = 0; event < 12; event += 1) expect(await changed()).toBe(1);
    const minute = timeOuts.mock.calls.filter(([, milliseconds]) => milliseconds === 60_000);
    expect(minute.length).toBeGreaterThan(0);
    for (const [passed] of minute) passed();
    await expect.poll(() => openSubscriptions(gateway)).toBe(0);
  }, 60_000);
});

describe('Subscriptions', () => {
  it('are bounded, half of them for one caller, and take no place of a request', async () => {
    const gateway = await startJobGateway({
      MAX_SUBSCRIPTIONS: '4',
      MAX_IN_FLIGHT: '1',
      METRICS_PORT: '0',
      TRUSTED_PROXIES: '1',
    });
    onTestFinished(() => gateway.stop());
    slow(gateway, 300);
    const { job } = await askForJob(gateway, name, input(40));
    const from = (address: string) => subscribe(gateway, watching(job, { 'x-forwarded-for': address }));
    const refusalTo = async (address: string) => {
      const refused = await from(address);
      await refused.end;
      const [first, last] = told(refused);
      expect(last).toEqual({ event: 'complete', data: undefined });
      return [refused.status, refused.headers.get('retry-after'), first?.data?.errors];
    };
    const streams = [await from('192.0.2.1'), await from('192.0.2.1')];
    const extensions = { code: 'OVERLOADED', limit: 'subscriptions', retryable: true };
    expect(await refusalTo('192.0.2.1')).toEqual([
      503,
      '1',
      [
        {
          message:
            'The caller has as many subscriptions open as one caller may have, which is 2 (half of MAX_SUBSCRIPTIONS). Nothing was done. Try again.',
          extensions: { ...extensions, maximum: 2 },
        },
      ],
    ]);
    streams.push(await from('192.0.2.2'), await from('192.0.2.3'));
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await refusalTo('192.0.2.4')).toEqual([
      503,
      '1',
      [
        {
          message:
            'The gateway has as many subscriptions open as it may have, which is 4 (MAX_SUBSCRIPTIONS). Nothing was done. Try again.',
          extensions: { ...extensions, maximum: 4 },
        },
      ],
    ]);
    expect(await gateway.query('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    expect(await openSubscriptions(gateway)).toBe(4);
    streams[0]?.leave();
    await expect.poll(() => openSubscriptions(gateway)).toBe(3);
    expect((await from('192.0.2.1')).status).toBe(200);
  });

  it('hold the bytes of what they were asked with until they end', async () => {
    const gateway = await startJobGateway({ METRICS_PORT: '0' });
    onTestFinished(() => gateway.stop());
    slow(gateway, 300);
    const { job } = await askForJob(gateway, name, input(40));
    const held = async () => {
      const samples = await scrape(gateway.metricsUrl);
      return samples.find(sample => sample.name === 'vestibule_body_bytes_in_flight')?.value;
    };
    const asked = watching(job);
    const small = await subscribe(gateway, asked);
    expect(await held()).toBe(0);
    const large = await subscribe(gateway, { ...asked, query: query.padEnd(50_000) });
    expect([small.status, large.status]).toEqual([200, 200]);
    expect(await held()).toBeGreaterThan(50_000);
    large.leave();
    await expect.poll(held).toBe(0);
  });

  it('end in the middle when the gateway stops, so that clients ask again', async () => {
    const gateway = await startJobGateway();
    slow(gateway, 300);
    const { job } = await askForJob(gateway, name, input(40));
    const stream = await subscribe(gateway, watching(job));
    await expect.poll(() => jobs(stream).length).toBeGreaterThan(0);
    const stopped = gateway.stop();
    const startedAt = performance.now();
    await stream.end;
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(told(stream).map(({ event }) => event)).not.toContain('complete');
    await stopped;
  });

  it('end when the token expires, which is told, and show the jobs of others to nobody', async () => {
    const issuer = await startIssuer();
    onTestFinished(() => issuer.stop());
    const gateway = await startJobGateway(issuer.env);
    onTestFinished(() => gateway.stop());
    slow(gateway, 300);
    const headersOf = async (claims: object) =>
      withToken(await issuer.token({ scope: 'rekognition:users:*', ...claims }));
    const importing = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await headersOf({ sub: 'ada' })) },
      body: JSON.stringify({
        query: `mutation ($input: ImportRekognitionUsersInput!) { result: ${name}(input: $input) { ... on ImportRekognitionUsersSuccess { job { id } } ... on Error { message } } }`,
        variables: { input: input(100) },
      }),
    });
    const { data } = (await importing.json()) as { data: { result: { job: { id: string } } } };
    const { job } = data.result;

    const exp = Math.floor(Date.now() / 1_000) + 3;
    const stream = await subscribe(gateway, watching(job, await headersOf({ sub: 'ada', exp })));
    const foreign = await subscribe(gateway, watching(job, await headersOf({ sub: 'bob' })));
    await foreign.end;
    expect(told(foreign)).toMatchObject([
      { event: 'next', data: { errors: [{ message: 'There is no such job.' }] } },
      { event: 'complete' },
    ]);
    expect((await subscribe(gateway, watching(job))).status).toBe(401);

    expect(await stream.end).toBe('ended');
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1_000);
    expect(jobs(stream).length).toBeGreaterThan(1);
    const message = 'The token has expired. Ask again with another one.';
    expect(told(stream).slice(-2)).toEqual([
      { event: 'next', data: { errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }] } },
      { event: 'complete', data: undefined },
    ]);
  });
});
