/** Counts the things of a list of AWS, which tells no number. */
import type { ListPage } from './list-page.ts';
import { pagesOf } from './pages.ts';

/**
 * Counts them, until there are enough.
 *
 * @param list Reads a page, from the beginning without a token.
 */
export async function countUpTo(
  enough: number,
  list: (nextToken: string | undefined) => Promise<ListPage<unknown>>,
): Promise<number> {
  let count = 0;
  for await (const page of pagesOf(list)) {
    count += page.length;
    if (count >= enough) break;
  }
  return count;
}
