/** What a listener hears of the attempts of a call. */
import { CreateUserCommand } from '@aws-sdk/client-rekognition';
import { expect, it } from 'vitest';
import { Admission } from '../../src/aws/admission.ts';
import type { AttemptEnd, AttemptListener, BudgetWait } from '../../src/aws/attempts.ts';
import { awsQuotas, Quotas } from '../../src/aws/models/quotas.ts';
import { clientOf, startAws } from '../support/aws-client.ts';
import { json, reset } from '../support/recording-server.ts';

class Recorder implements AttemptListener {
  readonly ends: AttemptEnd[] = [];
  readonly waits: BudgetWait[] = [];

  attemptEnded(end: AttemptEnd): void {
    this.ends.push(end);
  }

  waited(wait: BudgetWait): void {
    this.waits.push(wait);
  }
}

const command = () => new CreateUserCommand({ CollectionId: 'employees', UserId: 'ada' });
const requestId = '11111111-2222-3333-4444-555555555555';

/** Keeps to `perSecond` creates, and opens after two failures. */
const admissionOf = (perSecond: number, maxWaitMs = 10_000) =>
  new Admission(awsQuotas.rekognition, {
    quotas: new Quotas(false, new Map([['rekognition:CreateUser', perSecond]])),
    replicas: 1,
    budgets: { maxWaitMs, places: 10, principalShare: 1 },
    breaker: { failures: 2, openMs: 60_000 },
  });

it('each attempt, with what came of it', async () => {
  const { url } = await startAws(reset, json({ __type: 'ThrottlingException' }, 400), json({}));
  const listener = new Recorder();
  await clientOf(url, {}, 10_000, admissionOf(1_000)).send(command(), { repeatable: true, listener });
  const common = {
    service: 'rekognition',
    operation: 'CreateUser',
    durationMs: expect.any(Number) as number,
  };
  expect(listener.ends).toEqual([
    { ...common, attempt: 1, failure: 'disconnected', throttled: false },
    { ...common, attempt: 2, failure: 'exception', status: 400, requestId, throttled: true },
    { ...common, attempt: 3, requestId, throttled: false },
  ]);
  expect(listener.waits).toEqual([]);
});

it('each wait for a turn, those of repeats too, and whether it had one', async () => {
  const { url, requests } = await startAws(json({ __type: 'ThrottlingException' }, 400), json({}));
  const listener = new Recorder();
  const admission = admissionOf(1);
  await clientOf(url, {}, 10_000, admission).send(command(), { repeatable: true, listener });
  expect(requests).toHaveLength(2);
  expect(listener.waits).toEqual([
    {
      service: 'rekognition',
      operation: 'CreateUser',
      budget: 'rekognition:CreateUser',
      waitedMs: expect.any(Number) as number,
      admitted: true,
    },
  ]);
  expect(admission.state.budgets).toMatchObject([
    { name: 'rekognition:CreateUser', perSecond: 1, queued: 0 },
  ]);
  expect(admission.state.budgets[0]?.atPresent).toBeLessThan(1);
});

it('a repeat that would wait too long is not made, and the call fails as it did', async () => {
  const { url, requests } = await startAws(json({ __type: 'ThrottlingException' }, 400));
  const listener = new Recorder();
  const sent = clientOf(url, {}, 10_000, admissionOf(0.01)).send(command(), { repeatable: true, listener });
  await expect(sent).rejects.toMatchObject({ kind: 'exception', status: 400, requestId });
  expect(requests).toHaveLength(1);
  expect(listener.waits).toMatchObject([{ admitted: false }]);
  expect(listener.ends).toHaveLength(1);
});

it('no attempt, when the service does not answer', async () => {
  const { url, requests } = await startAws(reset);
  const listener = new Recorder();
  const client = clientOf(url, { maxAttempts: 3 }, 10_000, admissionOf(1_000));
  // The third attempt is not made any more.
  await expect(client.send(command(), { repeatable: true, listener })).rejects.toMatchObject({
    kind: 'disconnected',
    outcomeUnknown: true,
  });
  await expect(client.send(command(), { repeatable: true, listener })).rejects.toMatchObject({
    kind: 'notAnswering',
    outcomeUnknown: false,
  });
  expect(requests).toHaveLength(2);
  expect(listener.ends).toHaveLength(2);
});
