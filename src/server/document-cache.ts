/** Memory for parsed documents, bounded by their size. */
import { LRUCache } from 'lru-cache';

/**
 * Yoga's own caches are bounded by number alone: a thousand documents of a megabyte each would fill the
 * memory of a small container. A syntax tree takes some 30 times the room of its text.
 */
const MAX_CHARACTERS = 2_000_000;
const MAX_DOCUMENTS = 1_000;

/** A cache by the text of documents. */
export function documentCache<Value extends object>(): LRUCache<string, Value> {
  return new LRUCache({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_value, text) => Math.max(1, text.length),
  });
}
