/** The file that gives scopes to roles and groups. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { StartupError } from '../startup-error.ts';
import { beginningOf, isScopePattern, scopeBeginnings } from './scopes.ts';

/**
 * The scopes of each role.
 *
 * @param providers The ids of the providers.
 * @throws StartupError with a line for each thing that is wrong.
 */
export async function readScopesFile(
  path: string,
  providers: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const beginnings = scopeBeginnings(providers);
  const scope = z
    .string()
    .refine(isScopePattern, 'must be a scope, such as rekognition:users:create, with * at any level')
    .refine(
      text => ['*', ...beginnings].includes(beginningOf(text)),
      `must begin with one of ${beginnings.join(', ')}, or *`,
    );
  const result = z.record(z.string(), z.array(scope)).safeParse(await contentOf(path));
  if (result.success) return new Map(Object.entries(result.data));
  throw new StartupError(
    result.error.issues.map(({ path: at, message, code }) => {
      const place = at.length > 0 ? at.map(part => JSON.stringify(part)).join(', at ') : 'the whole';
      const rule = code === 'custom' ? message : 'must be a list of scopes for each role';
      return `SCOPES_FILE=${JSON.stringify(path)} is wrong: ${place} ${rule}.`;
    }),
  );
}

async function contentOf(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const flaw =
      error instanceof SyntaxError
        ? 'it is not JSON'
        : `it cannot be read (${(error as NodeJS.ErrnoException).code})`;
    throw new StartupError([`SCOPES_FILE=${JSON.stringify(path)} is wrong: ${flaw}.`], { cause: error });
  }
}
