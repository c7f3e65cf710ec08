/** Memory for the documents of requests, bounded by their size. */
import { getHeapStatistics } from 'node:v8';
import type { DocumentNode, GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { bytesOfDocument } from '../in-flight/parsed-bytes.ts';

/**
 * Yoga's own caches are bounded by number alone: a thousand documents of 20,000 tokens each would fill the heap. These take at
 * most a part of it each, and of a large one no more than they need.
 */
const MAX_BYTES = Math.min(2 ** 26, Math.floor(getHeapStatistics().heap_size_limit / 16));
const MAX_DOCUMENTS = 1_000;

/** What is kept of a document with errors is its tree, of which little more is known than that no character has more. */
const BYTES_OF_FAULTY_CHARACTER = 200;

/** What Yoga found out about documents. */
export class KnownDocuments {
  readonly #parsed = cacheOf<DocumentNode>(bytesOfDocument);
  readonly #faulty = cacheOf<GraphQLError>((_error, text) => text.length * BYTES_OF_FAULTY_CHARACTER);
  readonly #valid = new WeakSet<DocumentNode>();

  /** For Yoga, which fills them. */
  readonly caches = { documentCache: this.#parsed, errorCache: this.#faulty };

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

function cacheOf<Value extends object>(
  bytesOf: (value: Value, text: string) => number,
): LRUCache<string, Value> {
  return new LRUCache({
    max: MAX_DOCUMENTS,
    maxSize: MAX_BYTES,
    sizeCalculation: (value, text) => Math.max(1, bytesOf(value, text)),
  });
}
