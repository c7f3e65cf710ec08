/** PostgreSQL refuses to run as root: as whom it runs instead. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What `spawn` takes to run a program as somebody else; empty for the process's own user. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}

/** Users that systems have for it: Debian's and the images' own, and the one that may do nothing. */
const users = ['postgres', 'nobody'];

const run = promisify(execFile);

/** Whom to run PostgreSQL as: this process's own user, unless that is root. */
export async function unprivileged(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {};
  for (const user of users) {
    const [uid, gid] = await Promise.all([idOf('-u', user), idOf('-g', user)]);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  return {};
}

async function idOf(which: string, user: string): Promise<number | undefined> {
  try {
    return Number((await run('id', [which, user])).stdout);
  } catch {
    return undefined;
  }
}
