/** Relay connections over what the gateway keeps itself. */
import { invalidInput } from '../errors.ts';
import {
  AFTER_DESCRIPTION,
  DEFAULT_FIRST,
  FIRST_DESCRIPTION,
  type ForwardArgs,
  MAX_FIRST,
  noCursor,
  outOfRange,
} from './connection.ts';
import type { ArgBuilder } from './operation/query.ts';
import { shortHash } from './short-hash.ts';

/** The arguments of such a connection, forward only. */
export function storedArgs(arg: ArgBuilder) {
  return {
    first: arg.int({ defaultValue: DEFAULT_FIRST, description: FIRST_DESCRIPTION }),
    after: arg.string({ description: AFTER_DESCRIPTION }),
  };
}

/** A list of what the gateway keeps. */
export interface StoredList<Node> {
  /** Its field, and what tells it from other lists of this field: what they are of, and which of it is wanted. */
  readonly identity: readonly [coordinate: string, ...given: readonly unknown[]];
  /** What tells a thing's place in the list. */
  readonly placeOf: (node: Node) => string;
  /** What a place looks like. */
  readonly place: RegExp;
}

/**
 * Reads one page.
 *
 * @param fetch Reads so many things, from behind a place.
 * @throws InvalidInputError for a `first` out of range or an `after` that is no cursor of this list.
 */
export async function storedConnection<Node>(
  { first: wanted, after }: ForwardArgs,
  { identity, placeOf, place: form }: StoredList<Node>,
  fetch: (limit: number, after: string | undefined) => Promise<readonly Node[]>,
) {
  const list = shortHash(JSON.stringify(identity));
  const cursorOf = (place: string) => Buffer.from(`${list}${place}`).toString('base64url');
  const first = wanted ?? DEFAULT_FIRST;
  const place = after == null ? undefined : Buffer.from(after, 'base64url').toString().slice(list.length);
  const issues = [
    ...(first < 1 || first > MAX_FIRST ? [outOfRange] : []),
    ...(place === undefined || (form.test(place) && cursorOf(place) === after) ? [] : [noCursor]),
  ];
  if (issues.length > 0) throw invalidInput(issues);
  const found = await fetch(first + 1, place);
  const edges = found.slice(0, first).map(node => ({ cursor: cursorOf(placeOf(node)), node }));
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
