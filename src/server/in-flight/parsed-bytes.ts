/** What requests take of the heap once they are parsed, which is many times what they take as texts. */
import type { DocumentNode } from 'graphql';

/**
 * A value of JSON, beside the bytes of its text: measured with the dearest one, an empty object that is an input, which is kept as
 * it was sent and as GraphQL makes it.
 */
const VALUE_BYTES = 280;

/** A name, a punctuation mark or a value of a document, with its node of the tree. */
const TOKEN_BYTES = 240;

/** A character of a document: if one of its text takes two bytes, all of them do. */
const CHARACTER_BYTES = 2;

/** What so many values of JSON take beside their text. */
export function bytesOfValues(values: number): number {
  return values * VALUE_BYTES;
}

const counted = new WeakMap<DocumentNode, number>();

/** What a document takes with its text; one is counted once. */
export function bytesOfDocument(document: DocumentNode): number {
  let bytes = counted.get(document);
  if (bytes === undefined) {
    bytes = count(document);
    counted.set(document, bytes);
  }
  return bytes;
}

function count({ loc }: DocumentNode): number {
  let bytes = (loc?.source.body.length ?? 0) * CHARACTER_BYTES;
  for (let token = loc?.startToken.next; token; token = token.next) bytes += TOKEN_BYTES;
  return bytes;
}
