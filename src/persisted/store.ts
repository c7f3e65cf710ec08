/**
 * Where the documents are that requests name and do not send.
 *
 * Yoga's plugins for it (plugin-apq, plugin-persisted-operations) do not serve: a hook of Yoga's sees no request whose document
 * is known, and is no place to refuse one (server/yoga.ts). What is left of them without Yoga is a map and the words of the
 * protocol, which stand in server/guards/persisted-documents.ts.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** The documents that requests may name. */
export interface DocumentStore {
  /**
   * - `none`: requests cannot name documents.
   * - `remembered`: they can name those that were sent before, by their hash.
   * - `trusted`: they can name, and send, those of a file, and no others.
   */
  readonly kind: 'none' | 'remembered' | 'trusted';
  /** The text of the document with this name, if it is known. */
  find(name: string): string | undefined;
  /** Whether a document with this text goes by the name. */
  isNameOf(name: string, text: string): boolean;
  /** Whether a document that is sent may run. */
  allows(text: string): boolean;
  /** Is told of a document that came with its name and is valid. */
  keep(name: string, text: string): void;
}

/** Requests have to send their documents. */
export const noDocuments: DocumentStore = {
  kind: 'none',
  find: () => undefined,
  isNameOf: () => true,
  allows: () => true,
  keep: () => {},
};

/** As much as is remembered of parsed documents (server/known-documents.ts); the texts are the same. */
const MAX_CHARACTERS = 2_000_000;
const MAX_DOCUMENTS = 1_000;

/**
 * Apollo's protocol of automatic persisted queries: a client names a document by its hash and sends it only if it is not
 * known. A name says itself what it stands for, so that no client can give another one's document a different meaning.
 */
export class RememberedDocuments implements DocumentStore {
  readonly kind = 'remembered';
  readonly #texts = new LRUCache<string, string>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: text => Math.max(1, text.length),
  });

  find(name: string): string | undefined {
    return this.#texts.get(name);
  }

  isNameOf(name: string, text: string): boolean {
    return this.#texts.peek(name) === text || sha256(text) === name;
  }

  allows(): boolean {
    return true;
  }

  keep(name: string, text: string): void {
    if (!this.#texts.has(name)) this.#texts.set(name, text);
  }
}

/** The hash by which protocols name documents, in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The prefix is that of the GraphQL over HTTP specification's ids that are hashes. */
const PREFIX = 'sha256:';

/** The name by which a document with this id is found: Apollo's protocol and the specification write hashes differently. */
export function nameOf(id: string): string {
  return id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id;
}
