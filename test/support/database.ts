/** The PostgreSQL that gateways of tests share: that of DATABASE_URL, or an embedded one that lives as long as the run. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { openEmbedded } from '../../src/database/embedded.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly databaseUrl: string;
  }
}

export default async function startDatabase(
  project: TestProject,
): Promise<(() => Promise<void>) | undefined> {
  const { DATABASE_URL: given } = process.env;
  if (given) {
    project.provide('databaseUrl', given);
    return undefined;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'vestibule-test-database-'));
  // As root, PostgreSQL runs as somebody else.
  await chmod(folder, 0o755);
  const server = await openEmbedded(folder);
  const { host, port, user, password, database } = server.connection;
  project.provide('databaseUrl', `postgres://${user}:${password}@${host}:${port}/${database}`);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
