/**
 * Cursors of AWS's paged lists.
 *
 * AWS hands out one token per page, a connection needs a cursor per node. The cursor of the last node of a page is where the
 * next one begins. Any other says which page its node is on, how many come before, and by short hashes which node it is and
 * which one followed: the page is read again, and may have lost and got entries since. Each names its list.
 */
import * as z from 'zod';
import { readBounded } from '../json/bounded-reading.ts';
import { shortHash } from './short-hash.ts';

/** Where to read on. */
export interface Place {
  /** Asks AWS for the page; absent for the first. */
  readonly token?: string | undefined;
  /** Where on the page; absent for its beginning. */
  readonly within?: PlaceWithin | undefined;
}

interface PlaceWithin {
  /** The size that the page was asked for with. */
  readonly size: number;
  /** How many of its entries came before. */
  readonly skip: number;
  /** The hash of the last of these. */
  readonly last: string;
  /** The hash of the entry that followed on the page, if one did. */
  readonly next?: string | undefined;
}

/** A page that AWS gave, and the cursors of its entries. */
export class CursorPage<Item> {
  readonly items: readonly Item[];
  readonly #list: string;
  readonly #token: string | undefined;
  readonly #size: number;
  readonly #nextToken: string | undefined;
  readonly #idOf: (item: Item) => string;
  readonly #hashes: string[] = [];

  /**
   * @param list The hash of the list.
   * @param request What AWS was asked for.
   * @param idOf What tells an entry from the others of the list.
   */
  constructor(
    list: string,
    request: { readonly token: string | undefined; readonly size: number },
    items: readonly Item[],
    nextToken: string | undefined,
    idOf: (item: Item) => string,
  ) {
    this.items = items;
    this.#list = list;
    this.#token = request.token;
    this.#size = request.size;
    this.#nextToken = nextToken;
    this.#idOf = idOf;
  }

  /**
   * How many entries come before a place, though the page may have changed. When neither the entry before the place nor the
   * one behind it is there any more, the page is given from its beginning: nothing is missed, at the price of repeats.
   */
  before({ within }: Place): number {
    if (!within) return 0;
    const { skip, last, next } = within;
    if (this.#hashOf(skip - 1) === last) return skip;
    const hashes = this.items.map((_item, at) => this.#hashOf(at));
    return hashes.indexOf(last) + 1 || (next === undefined ? 0 : Math.max(hashes.indexOf(next), 0));
  }

  /** The cursor of the entry at this index. */
  cursorOf(index: number): string {
    const skip = index + 1;
    if (skip === this.items.length && this.#nextToken !== undefined) {
      return encoded([this.#list, this.#nextToken]);
    }
    const place = [this.#list, this.#token ?? null, this.#size, skip, this.#hashOf(index)];
    return encoded(skip < this.items.length ? [...place, this.#hashOf(skip)] : place);
  }

  #hashOf(index: number): string | undefined {
    const item = this.items[index];
    if (item === undefined) return undefined;
    this.#hashes[index] ??= shortHash(this.#idOf(item));
    return this.#hashes[index];
  }
}

const token = z.string().min(1);
const hash = z.string().length(shortHash('').length);
const ofBeginning = z.tuple([hash, token]);
const ofMiddle = z.tuple([hash, token.nullable(), z.int().min(1), z.int().min(1), hash]);
const cursorParts = z.union([ofBeginning, ofMiddle, z.tuple([...ofMiddle.def.items, hash])]);

/** Where a cursor of the list with this hash points to; undefined for any other text. */
export function placeOf(cursor: string, list: string, maxPageSize: number): Place | undefined {
  try {
    const parts = cursorParts.parse(readBounded(Buffer.from(cursor, 'base64url')));
    // Node.js reads over what is not base64url.
    if (parts[0] !== list || encoded(parts) !== cursor) return undefined;
    if (parts.length === 2) return { token: parts[1] };
    const [, of, size, skip, last, next] = parts;
    if (skip <= size && size <= maxPageSize)
      return { token: of ?? undefined, within: { size, skip, last, next } };
  } catch {
    // Whatever is wrong with it, it is not a cursor of this list.
  }
  return undefined;
}

function encoded(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
