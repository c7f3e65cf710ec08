/** What a request's "content-type" header says. */
import type { IncomingHttpHeaders } from 'node:http';
import { parse } from 'content-type';
import { LRUCache } from 'lru-cache';

interface ContentType {
  readonly type: string;
  readonly charset: string | undefined;
  /** How often there is a charset. A parser reads one of several, and another on the way may have read another (RFC 9110, 5.6.6 leaves it open). */
  readonly charsets: number;
}

/** Clients send few different headers, and several guards look at each. */
const REMEMBERED_HEADERS = 100;

const quoted = /"(?:[^"\\]|\\.)*"/g;
const charsets = /;\s*charset\s*=/gi;

const read = new LRUCache<string, ContentType>({
  max: REMEMBERED_HEADERS,
  memoMethod: header => {
    const { type, parameters } = parse(header);
    return {
      type,
      charset: parameters['charset'],
      charsets: header.replaceAll(quoted, '""').match(charsets)?.length ?? 0,
    };
  },
});

/** Its type is empty if there is none. */
export function contentTypeOf({ 'content-type': header = '' }: IncomingHttpHeaders): ContentType {
  return read.memo(header);
}
