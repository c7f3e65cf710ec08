/** Addresses of results at a gateway that has not opened its database: nobody makes it do so without a good one. */
import { randomBytes, randomUUID } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { resultsLink } from '../../src/jobs/results-link.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let folder: string;
beforeEach(async () => {
  const parent = await mkdtemp(path.join(tmpdir(), 'vestibule-unopened-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  folder = path.join(parent, 'database');
});

async function started(env: NodeJS.ProcessEnv): Promise<TestGateway> {
  const gateway = await startTestGateway({ DATABASE_URL: '', DATABASE_FOLDER: folder, ...env });
  onTestFinished(() => gateway.stop());
  return gateway;
}

const job = randomUUID();
const forged =
  'This is no address of results that this gateway gave out for this job and format. Ask for `Job.resultsUrl`.';
const expired = 'The address has expired. Ask for `Job.resultsUrl` again.';

/** An address that is signed with a secret nobody has. */
const other = () => resultsLink(job, 'csv', 'somebody', randomUUID());

const addresses: readonly [what: string, address: () => string, message: string][] = [
  [
    'without a signature of the right length',
    () => `jobs/${job}/results.csv?expires=9999999999&signature=x`,
    forged,
  ],
  ['whose end is no number', () => other().replace(/expires=\d+/, 'expires=soon'), forged],
  ['that is over', () => other().replace(/expires=\d+/, 'expires=1'), expired],
  ['that somebody else signed', other, forged],
];

async function answerTo(gateway: TestGateway, address: string) {
  const answer = await fetch(new URL(address, `${gateway.url}/graphql`));
  const { errors } = (await answer.json()) as { errors: { message: string }[] };
  return [answer.status, errors[0]?.message];
}

describe.each<[what: string, env: NodeJS.ProcessEnv]>([
  ['With the secret of the embedded database', { DATABASE_SECRET: '' }],
  ['With a secret that is configured', { DATABASE_SECRET: randomUUID() }],
])('%s', (_secret, env) => {
  it.each(addresses)('an address %s has nothing begun', async (_what, address, message) => {
    const gateway = await started(env);
    expect(await answerTo(gateway, address())).toEqual([403, message]);
    await expect(access(folder)).rejects.toThrow('ENOENT');
    expect(gateway.log.filter(({ level }) => level === 40)).toEqual([]);
  });
});

it('The secret in the folder is looked at before the embedded database is started', async () => {
  const secret = randomBytes(32).toString('base64url');
  await mkdir(path.join(folder, 'postgres-18'), { recursive: true });
  await writeFile(path.join(folder, 'postgres-18', 'secret'), secret);
  const gateway = await started({ DATABASE_SECRET: '' });
  expect(await answerTo(gateway, other())).toEqual([403, forged]);
  expect(await readdir(path.join(folder, 'postgres-18'))).toEqual(['secret']);
});

it('A good address at a gateway whose database cannot be used is told so, and the log once', async () => {
  const secret = randomUUID();
  // Port 1 of this machine has no server.
  const gateway = await started({ DATABASE_URL: 'postgres://127.0.0.1:1/nothing', DATABASE_SECRET: secret });
  const address = resultsLink(job, 'csv', 'somebody', secret);
  for (let time = 1; time <= 5; time += 1) expect((await answerTo(gateway, address))[0]).toBe(503);
  expect(gateway.log.filter(({ msg }) => msg === 'The database could not be used.')).toHaveLength(1);
});
