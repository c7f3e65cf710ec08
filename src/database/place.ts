/** Where the database is, as far as that can be told before it is opened. */
import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { NoDatabaseError } from './database-error.ts';

/** Where the database is: a server, or the folder of an embedded one. */
export type DatabasePlace = { readonly url: string } | { readonly folder: string };

/** The embedded one's own folder in the given one. Another major version would not read its files. */
export const HOME = 'postgres-18';

/** The file in it with its secret for hashes, which is made up with it. */
export const SECRET = 'secret';

/** The secret of the embedded database in a folder; undefined as long as there is none. */
export async function secretIn(folder: string): Promise<string | undefined> {
  try {
    return await readFile(path.resolve(folder, HOME, SECRET), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Checks that there is a place for a database.
 *
 * @throws NoDatabaseError when there is no server, and the folder cannot be written to.
 */
export async function checkPlace(place: DatabasePlace): Promise<void> {
  if ('url' in place) return;
  const why = await whyUnwritable(path.resolve(place.folder, HOME));
  if (why === undefined) return;
  throw new NoDatabaseError(
    `The embedded PostgreSQL cannot be set up in ${place.folder}: ${why}.`,
    'DATABASE_URL and DATABASE_SECRET, or a DATABASE_FOLDER that can be written to',
  );
}

/** Why a folder cannot be written to, or be made where it is missing. */
async function whyUnwritable(folder: string): Promise<string | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) return `${folder} is no folder`;
    await access(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const parent = path.dirname(folder);
    if (code === 'ENOENT' && parent !== folder) return whyUnwritable(parent);
    if (code === 'ENOTDIR') return whyUnwritable(parent);
    return message;
  }
}
