/** Each provider has workers of its own: one that does not answer holds up no job of another. */
import { expect, it, onTestFinished } from 'vitest';
import { askForJob, jobNow, startJobGateway } from '../support/jobs.ts';

const WORKERS = 2;

it('A job of one provider begins and ends while more jobs of another hang than there are workers', async () => {
  const gateway = await startJobGateway({ JOB_WORKERS: String(WORKERS) });
  onTestFinished(() => gateway.stop());
  gateway.localAws.faults.add({
    service: 'rekognition',
    operation: 'ListUsers',
    effect: { type: 'latency', milliseconds: 600_000 },
  });
  const hanging: string[] = [];
  for (let asked = 0; asked <= 2 * WORKERS; asked += 1) {
    const { job } = await askForJob(gateway, 'exportRekognitionUsers', { collectionId: 'employees' });
    hanging.push(job.id);
  }
  const states = async () => {
    const jobs = await Promise.all(hanging.map(id => jobNow(gateway, id)));
    const count = (wanted: string) => jobs.filter(each => each.state === wanted).length;
    return { running: count('RUNNING'), queued: count('QUEUED') };
  };
  const held = { running: WORKERS, queued: WORKERS + 1 };
  await expect.poll(states, { timeout: 40_000 }).toEqual(held);
  const { job } = await askForJob(gateway, 'exportIdentityStoreUsers', {});
  const state = async () => (await jobNow(gateway, job.id)).state;
  await expect.poll(state, { timeout: 8_000 }).toBe('COMPLETED');
  expect(await states()).toEqual(held);
}, 90_000);
