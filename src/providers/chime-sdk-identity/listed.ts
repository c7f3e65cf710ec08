import type { ListPage } from '../../adapter/list-page.ts';
import type { Finding } from '../../adapter/settling.ts';

/** How many pages are looked through at most: with AWS's quota for lists, they take two seconds. */
const MAX_PAGES = 20;

/**
 * Whether a list has something. AWS's lists alone tell what is not there, since a description that is refused does not.
 *
 * @returns Undefined when the list is too long to tell.
 */
export async function isListed<Item>(
  fetchPage: (nextToken: string | undefined) => Promise<ListPage<Item>>,
  isWanted: (item: Item) => boolean,
): Promise<boolean | undefined> {
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, nextToken: next } = await fetchPage(nextToken);
    if (items.some(isWanted)) return true;
    if (next == null) return false;
    nextToken = next;
  }
  return undefined;
}

/** What became of a deletion, by whether what it takes away is listed. */
export function deletedUnless(listed: boolean | undefined): Finding<object> {
  if (listed === undefined) return { state: 'unclear' };
  return listed ? { state: 'notMade' } : { state: 'made', answer: {} };
}
