/** All pages of a list of AWS, one after the other. */
import type { ListPage } from './list-page.ts';

/** @param list Reads a page, from the beginning without a token. */
export async function* pagesOf<Item>(
  list: (nextToken: string | undefined) => Promise<ListPage<Item>>,
): AsyncGenerator<readonly Item[], void> {
  let nextToken: string | undefined;
  do {
    const page = await list(nextToken);
    yield page.items;
    nextToken = page.nextToken ?? undefined;
  } while (nextToken !== undefined);
}
