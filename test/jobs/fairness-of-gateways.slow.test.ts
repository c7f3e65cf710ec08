/** Gateways that share a database share their workers among callers, too. */
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { type JobGateway, queryAs, startJobGateway } from '../support/jobs.ts';
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());

/** A gateway with so many workers, until the test is over. */
async function start(database: OwnDatabase, workers = 1): Promise<JobGateway> {
  const gateway = await startJobGateway({ ...issuer.env, JOB_WORKERS: String(workers) }, database);
  onTestFinished(() => gateway.stop());
  return gateway;
}

const SCOPE = 'rekognition:users:read';
const EXPORT =
  'mutation { exportRekognitionUsers(input: { collectionId: "employees" }) { ... on ExportRekognitionUsersSuccess { job { id } } } }';

/** Has readings of a gateway's take long, so many of them or all. */
function slow({ localAws }: JobGateway, times?: number): void {
  localAws.faults.add({ operation: 'ListUsers', times, effect: { type: 'latency', milliseconds: 600_000 } });
}

const isTaken = (gateway: JobGateway) => gateway.calls().includes('ListUsers');

it('A worker that gets free goes to the caller who has the fewest of all gateways that share the jobs', async () => {
  const database = await ownDatabase();
  onTestFinished(() => database.drop());
  const gateways = [await start(database), await start(database)];
  const [gateway] = gateways as [JobGateway];
  const tokens = {
    a: await issuer.token({ sub: 'a', scope: SCOPE }),
    b: await issuer.token({ sub: 'b', scope: SCOPE }),
  };
  const order = async (caller: 'a' | 'b'): Promise<string> => {
    const { data } = await queryAs(gateway, tokens[caller], EXPORT);
    return data.exportRekognitionUsers.job.id;
  };
  const look = async (caller: 'a' | 'b', id: string) => {
    const { data } = await queryAs(
      gateway,
      tokens[caller],
      `{ node(id: "${id}") { ... on Job { state startedAt } } }`,
    );
    return data.node;
  };
  for (const each of gateways) slow(each);
  // One works for a, whose jobs began longest ago, until the end; one for b, whose first call is given up after a while.
  await order('a');
  await expect.poll(() => gateways.filter(isTaken), { timeout: 20_000 }).toHaveLength(1);
  for (const each of gateways.filter(one => !isTaken(one))) {
    each.localAws.faults.clear();
    slow(each, 1);
  }
  await order('b');
  await expect.poll(() => gateways.filter(isTaken), { timeout: 20_000 }).toHaveLength(2);
  const second = { a: await order('a'), b: await order('b') };
  const isDone = async (caller: 'a' | 'b') => (await look(caller, second[caller])).state === 'COMPLETED';
  for (const caller of ['a', 'b'] as const) {
    await expect.poll(() => isDone(caller), { timeout: 60_000, interval: 200 }).toBe(true);
  }
  const [ofA, ofB] = [await look('a', second.a), await look('b', second.b)];
  expect(ofB.startedAt < ofA.startedAt).toBe(true);
}, 180_000);

it('What a gateway leaves is taken by an idle worker of another, even for a caller who has half of its workers', async () => {
  const database = await ownDatabase();
  onTestFinished(() => database.drop());
  const gateways = [await start(database, 2), await start(database, 4)];
  const [gateway] = gateways as [JobGateway];
  for (const each of gateways) slow(each);
  const token = await issuer.token({ sub: 'a', scope: SCOPE });
  for (let job = 0; job < 4; job += 1) await queryAs(gateway, token, EXPORT);
  const workers = () => database.sql("select distinct holder from vestibule.job where state = 'RUNNING'");
  const running = () => database.sql("select id from vestibule.job where state = 'RUNNING'");
  // The second has half of its workers at least, since the first has no more than two.
  await expect.poll(running, { timeout: 20_000 }).toHaveLength(4);
  expect(await workers()).toHaveLength(2);
  await gateway.stop();
  await expect.poll(workers, { timeout: 20_000 }).toHaveLength(1);
});
