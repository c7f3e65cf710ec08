/** Callers share the workers: the jobs of one do not have those of another wait. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { type JobGateway, queryAs, startJobGateway } from '../support/jobs.ts';

let issuer: TestIssuer;
let gateway: JobGateway;
beforeAll(async () => {
  issuer = await startIssuer();
  gateway = await startJobGateway({ ...issuer.env, JOB_WORKERS: '3' });
});
afterAll(async () => {
  await gateway.stop();
  await issuer.stop();
});

const states = async (token: string): Promise<readonly string[]> => {
  const { data } = await queryAs(gateway, token, '{ jobs { edges { node { state } } } }');
  return data.jobs.edges.map(({ node }: { node: { state: string } }) => node.state);
};

it('The jobs of one caller take all workers while nobody else waits, and give one back to who does', async () => {
  // What is read goes on as long as the test lasts.
  gateway.localAws.faults.add({
    service: 'rekognition',
    operation: 'ListUsers',
    effect: { type: 'latency', milliseconds: 600_000 },
  });
  const many = await issuer.token({ sub: 'many', scope: 'rekognition:users:read' });
  const one = await issuer.token({ sub: 'one', scope: 'identity-store:users:read' });
  const ask = (token: string, field: string, result: string) =>
    queryAs(gateway, token, `mutation { ${field} { ... on ${result} { job { id } } } }`);
  for (let asked = 0; asked < 6; asked += 1) {
    await ask(
      many,
      'exportRekognitionUsers(input: { collectionId: "employees" })',
      'ExportRekognitionUsersSuccess',
    );
  }
  const running = async () => (await states(many)).filter(state => state === 'RUNNING').length;
  await expect.poll(running, { timeout: 40_000 }).toBe(3);
  // Somebody else's that takes long, so that it is seen what is left to the first.
  gateway.localAws.faults.add({
    service: 'identitystore',
    operation: 'ListUsers',
    times: 1,
    effect: { type: 'latency', milliseconds: 8_000 },
  });
  await ask(one, 'exportIdentityStoreUsers(input: {})', 'ExportIdentityStoreUsersSuccess');
  await expect.poll(() => states(one), { timeout: 40_000 }).toEqual(['RUNNING']);
  expect(await states(many)).toHaveLength(6);
  expect(await running()).toBe(2);
  await expect.poll(() => states(one), { timeout: 40_000 }).toEqual(['COMPLETED']);
  await expect.poll(running, { timeout: 40_000 }).toBe(3);
}, 180_000);
