/** Counts the things of a list of AWS, which tells no number. */
import type { ListPage } from './list-page.ts';

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
  let nextToken: string | undefined;
  do {
    const page = await list(nextToken);
    count += page.items.length;
    nextToken = page.nextToken ?? undefined;
  } while (nextToken !== undefined && count < enough);
  return count;
}
