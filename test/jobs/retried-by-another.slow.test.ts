/** Bulk jobs that somebody else has tried again than who asked for them. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { everywhere, useJobCallers } from '../support/job-callers.ts';
import { scrape, valueOf } from '../support/prometheus.ts';

const { gateway, as, change, jobOf, seen } = useJobCallers({ AUDIT: '/dev/null', METRICS_PORT: '0' });

// The shape is the documents'; the assertions check it.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;

const PATIENCE = { timeout: 20_000 };

/** The events of the audit trail about something, the oldest first. */
const events = async (nativeId: string) => {
  const { data } = await as(
    { sub: 'auditor', scope: 'audit:read' },
    `{ auditEvents(filter: { nativeId: "${nativeId}" }) { edges { node { principal kind mutation provider operation nativeIds outcome code } } } }`,
  );
  return data.auditEvents.edges.map(({ node }: Loose) => node).toReversed();
};

describe('A job that somebody else tries again', () => {
  const scope = 'rekognition:users:create';

  it('is performed in the name of who retries, as the audit trail, the log and the metrics tell', async () => {
    const userId = `of-${randomUUID()}`;
    gateway.localAws.faults.add({
      operation: 'CreateUser',
      times: 1,
      effect: { type: 'exception', name: 'AccessDeniedException' },
    });
    const id = await jobOf(
      { scope },
      'importRekognitionUsers',
      `collectionId: "employees", source: { rows: [{ userId: "${userId}" }] }`,
    );
    const bob = { sub: 'bob', scope: `${scope} jobs:*`, resources: ['rekognition:collection/employees'] };
    expect(await change('retryJob', bob, id)).toEqual({ __typename: 'RetryJobSuccess' });
    const now = async () =>
      (await as(bob, `{ node(id: "${id}") { ... on Job { jobId counts { succeeded } } } }`)).data.node;
    await expect.poll(now, PATIENCE).toMatchObject({ counts: { succeeded: 1 } });
    expect(await change('cancelJob', bob, id)).toMatchObject({ __typename: 'ConflictError' });
    const { jobId } = await now();

    const ofUser = {
      mutation: 'importRekognitionUsers',
      provider: 'rekognition',
      operation: 'CreateUser',
      nativeIds: { collectionId: 'employees', userId },
      outcome: null,
      code: null,
    };
    const ofJob = { principal: 'bob', provider: 'jobs', nativeIds: { jobId }, outcome: null, code: null };
    const retry = { ...ofJob, mutation: 'retryJob', operation: 'RetryJob' };
    const cancel = { ...ofJob, mutation: 'cancelJob', operation: 'CancelJob' };
    await expect
      .poll(() => events(userId))
      .toEqual([
        { ...ofUser, principal: 'ada', kind: 'INTENT' },
        { ...ofUser, principal: 'ada', kind: 'OUTCOME', outcome: 'REFUSED', code: 'ACCESS_DENIED' },
        { ...ofUser, principal: 'bob', kind: 'INTENT' },
        { ...ofUser, principal: 'bob', kind: 'OUTCOME', outcome: 'SUCCESS' },
      ]);
    await expect
      .poll(() => events(jobId))
      .toEqual([
        { ...retry, kind: 'INTENT' },
        { ...retry, kind: 'OUTCOME', outcome: 'SUCCESS' },
        { ...cancel, kind: 'INTENT' },
        { ...cancel, kind: 'OUTCOME', outcome: 'REFUSED', code: 'CONFLICT' },
      ]);
    for (const name of ['retryJob', 'cancelJob']) {
      expect(gateway.log).toContainEqual(
        expect.objectContaining({ principal: 'bob', coordinates: [`Mutation.${name}`] }),
      );
      const count = valueOf(await scrape(gateway.metricsUrl), 'vestibule_operation_duration_seconds_count', {
        operation: `Mutation.${name}`,
      });
      expect(count).toBeGreaterThan(0);
    }
    // It stays the job of who asked for it.
    expect(await seen({ scope }, id)).toEqual(everywhere);
    expect(await seen({ sub: 'bob', scope }, id)).toEqual([]);
  });
});
