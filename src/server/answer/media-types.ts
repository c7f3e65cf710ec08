/** The media types that answers can have, and which of them a client prefers (RFC 9110, 12.5.1). */
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** Of those that a client wants equally, the first is taken. */
export const resultTypes = [
  'application/json',
  'application/graphql-response+json',
  'text/event-stream',
  'multipart/mixed',
] as const;

export type ResultType = (typeof resultTypes)[number];

/** Clients send few different headers, and to read one takes some 10 µs. */
const REMEMBERED_HEADERS = 100;

/** The type for the result of an operation, by the Accept header; undefined if the client takes none of them. */
export const acceptedResultType = negotiation<ResultType>(resultTypes);

const acceptedEvents = negotiation<'text/event-stream'>(['text/event-stream']);

/** Whether the client takes events, even if it would rather have something else. */
export function acceptsEvents(accept: string | undefined): boolean {
  return acceptedEvents(accept) !== undefined;
}

const acceptedType = negotiation<ResultType | 'text/html'>([...resultTypes, 'text/html']);

/** Whether the client would rather have a page than a result. */
export function prefersPage(accept: string | undefined): boolean {
  return acceptedType(accept) === 'text/html';
}

/** A weight that is no decimal number says nothing, and does not refuse what it stands with. */
const noWeight = /;\s*q\s*=(?!\s*(?:\d+\.?\d*|\.\d+)\s*(?:[,;]|$))[^,;]*/gi;

function negotiation<Type extends string>(types: readonly Type[]): (accept?: string) => Type | undefined {
  // Without its charset, a type would not match what a client asks for with one.
  const offered = new Map(types.map(type => [`${type}; charset=utf-8`, type]));
  const preferences = new LRUCache<string, readonly string[]>({
    max: REMEMBERED_HEADERS,
    memoMethod: accept =>
      new Negotiator({ headers: { accept: accept.replaceAll(noWeight, '') } }).mediaTypes([
        ...offered.keys(),
      ]),
  });
  // An empty header says as little as none.
  return accept => offered.get(preferences.memo(accept?.trim() || '*/*')[0] ?? '');
}
