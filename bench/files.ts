/** Ports and files of a run. */
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export const resultsFolder = fileURLToPath(new URL('results/', import.meta.url));

const logsFolder = `${resultsFolder}logs/`;

export function logPath(name: string): string {
  return `${logsFolder}${name}.log`;
}

/** An empty file for the output of a process; it is appended to, so that cutting it short gives its room back. */
export function logFile(name: string): number {
  mkdirSync(logsFolder, { recursive: true });
  writeFileSync(logPath(name), '');
  return openSync(logPath(name), 'a');
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
