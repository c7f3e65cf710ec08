/** Relay connections over what the gateway keeps itself. */
import { invalidInput } from '../errors.ts';
import { DEFAULT_FIRST, MAX_FIRST, noCursor, outOfRange } from './connection.ts';

interface ForwardArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/**
 * Reads one page.
 *
 * @param key What tells a thing's place in the list.
 * @param fetch Reads so many things, from behind a place.
 * @throws InvalidInputError for a `first` out of range or an `after` that is not a cursor.
 */
export async function storedConnection<Node>(
  { first: wanted, after }: ForwardArgs,
  key: { readonly of: (node: Node) => string; readonly pattern: RegExp },
  fetch: (limit: number, after: string | undefined) => Promise<readonly Node[]>,
) {
  const first = wanted ?? DEFAULT_FIRST;
  const place = after == null ? undefined : Buffer.from(after, 'base64url').toString();
  const issues = [
    ...(first < 1 || first > MAX_FIRST ? [outOfRange] : []),
    ...(place === undefined || (key.pattern.test(place) && cursorOf(place) === after) ? [] : [noCursor]),
  ];
  if (issues.length > 0) throw invalidInput(issues);
  const found = await fetch(first + 1, place);
  const edges = found.slice(0, first).map(node => ({ cursor: cursorOf(key.of(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function cursorOf(place: string): string {
  return Buffer.from(place).toString('base64url');
}
