/** What else is wrong with a row in which faults were found before: not what follows from them, or from their being left out. */
import type { InputIssue } from '../errors.ts';
import type { GivenRow } from './receiving.ts';
import { isWithin } from './rows/index.ts';

type Path = InputIssue['path'];

/**
 * Tells whether what is at a path is judged by itself: it is neither at fault, nor an object without a member that it was
 * given. That a list has too many entries is true all the same.
 */
export function judgedIn({ value, faults = [], leftOut = [] }: GivenRow): (path: Path) => boolean {
  return path =>
    !faults.some(fault => isWithin(path, fault.path)) &&
    (Array.isArray(valueAt(value, path)) || !leftOut.some(left => isMemberOf(left, path)));
}

function isMemberOf(path: Path, object: Path): boolean {
  return path.length === object.length + 1 && isWithin(path, object);
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const name of path) found = (found as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return found;
}
