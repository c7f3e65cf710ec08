/** How long Vestibule takes to its first answer, and how much memory it takes before there is work. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postGraphQL } from '../contestants/http-load.ts';
import { startVestibule } from '../contestants/vestibule.ts';
import { bareEnvironment, productFolder } from '../environment.ts';
import { freePort, logFile } from '../files.ts';
import { residentBytes, startProgram, stopProcess, untilTrue } from '../processes.ts';
import { type Summary, summarize } from '../statistics.ts';

export interface StartUpResult {
  readonly productionMs: Summary;
  readonly idleMiB: Summary;
  readonly npmStartMs: Summary;
}

/** Nothing listens here, and nothing asks. */
const NO_UPSTREAM = 'http://127.0.0.1:9';

const IDLE_MS = 1_000;

export async function measureStartUp(repetitions: number): Promise<StartUpResult> {
  const production = await repeat(repetitions, startProduction);
  return {
    productionMs: summarize(production.map(({ ms }) => ms)),
    idleMiB: summarize(production.map(({ idleMiB }) => idleMiB)),
    npmStartMs: summarize(await repeat(repetitions, startFromSource)),
  };
}

async function repeat<Result>(times: number, work: () => Promise<Result>): Promise<Result[]> {
  const results = [];
  for (let time = 0; time < times; time += 1) results.push(await work());
  return results;
}

/** The production build without local AWS. */
async function startProduction() {
  const startedAt = performance.now();
  const vestibule = await startVestibule(NO_UPSTREAM);
  const ms = performance.now() - startedAt;
  await sleep(IDLE_MS);
  const idleMiB = residentBytes(vestibule.pid) / 2 ** 20;
  await vestibule.stop();
  return { ms, idleMiB };
}

/** `npm start`, to the answer that local AWS gives. */
async function startFromSource(): Promise<number> {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'vestibule-bench-'));
  const output = logFile('npm-start');
  const query = '{ rekognitionUser(collectionId: "employees", userId: "ada") { userStatus } }';
  try {
    const startedAt = performance.now();
    const child = startProgram('npm', ['start'], {
      cwd: productFolder,
      env: { ...bareEnvironment, PORT: String(port), LOCAL_AWS_DATA: data },
      stdio: ['ignore', output, output],
      detached: true,
    });
    await untilTrue('npm start', async () => {
      const { body } = await postGraphQL(`http://127.0.0.1:${port}/graphql`, JSON.stringify({ query }));
      return body.includes('"CREATED"');
    });
    const ms = performance.now() - startedAt;
    await stopProcess(child, 'SIGTERM');
    return ms;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
