/** Memory for the documents of requests, bounded by their size. */
import type { DocumentNode, GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';

/**
 * Yoga's own caches are bounded by number alone: a thousand documents of a megabyte each would fill the
 * memory of a small container. A syntax tree takes some 30 times the room of its text.
 */
const MAX_CHARACTERS = 2_000_000;
const MAX_DOCUMENTS = 1_000;

/** What Yoga found out about documents. */
export class KnownDocuments {
  readonly #parsed = cacheByText<DocumentNode>();
  readonly #valid = new WeakSet<DocumentNode>();

  /** For Yoga, which fills them. */
  readonly caches = { documentCache: this.#parsed, errorCache: cacheByText<GraphQLError>() };

  /** The document with this text, if it was found valid and is still remembered. */
  getValid(text: string): DocumentNode | undefined {
    const document = this.#parsed.get(text);
    return document && this.#valid.has(document) ? document : undefined;
  }

  /** Has a document known that was found valid before anybody sent it. */
  add(text: string, document: DocumentNode): void {
    this.#parsed.set(text, document);
    this.#valid.add(document);
  }

  /** Has a document that Yoga's validation let through known. */
  addValid(document: DocumentNode): void {
    this.#valid.add(document);
  }
}

function cacheByText<Value extends object>(): LRUCache<string, Value> {
  return new LRUCache({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_value, text) => Math.max(1, text.length),
  });
}
