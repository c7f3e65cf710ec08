/** Vestibule itself: the production build, in a process of its own. */
import type { ChildProcess } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { productFolder, vestibuleEnvironment } from '../environment.ts';
import { freePort, logFile, logPath } from '../files.ts';
import { pidOf, startProgram, stopProcess, untilTrue } from '../processes.ts';
import { loadOverHttp, postGraphQL } from './http-load.ts';
import type { Contestant } from './index.ts';

export interface VestibuleOptions {
  /** Options for Node.js. */
  readonly nodeOptions?: readonly string[];
  /** Relative to the product's folder. */
  readonly entry?: string;
  /** For a module in `nodeOptions` that speaks with the run. */
  readonly channel?: boolean;
  /** Settings beside those of all runs. */
  readonly env?: Readonly<Record<string, string>>;
  /** What its requests need beside their bodies. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What its log file is called. */
  readonly name?: string;
}

export type VestibuleProcess = Contestant & { readonly url: string; readonly child: ChildProcess };

/** The production build, from which `nodeOptions` and `entry` may differ for profiles. */
export async function startVestibule(
  endpoint: string,
  {
    nodeOptions = [],
    entry = 'dist/main.mjs',
    channel = false,
    env = {},
    headers = {},
    name = 'vestibule',
  }: VestibuleOptions = {},
): Promise<VestibuleProcess> {
  const port = await freePort();
  const log = logFile(name);
  const child = startProgram(process.execPath, [...nodeOptions, entry], {
    cwd: productFolder,
    env: { ...vestibuleEnvironment(endpoint, port), ...env },
    stdio: ['ignore', log, log, ...(channel ? ['ipc' as const] : [])],
  });
  const pid = pidOf(child);
  const url = `http://127.0.0.1:${port}/graphql`;
  await untilTrue('Vestibule', async () => {
    const { status } = await postGraphQL(url, '{"query":"{ __typename }"}', headers);
    return status === 200;
  });
  return {
    pid,
    url,
    headers,
    child,
    async measure(job, plan) {
      const result = await loadOverHttp({ url, pid, headers }, job, plan);
      // Its request log grows by a megabyte or two a second.
      truncateSync(logPath(name));
      return result;
    },
    // A signal that lets it write what it has to say: profiles, for example.
    stop: () => stopProcess(child, 'SIGTERM'),
  };
}
