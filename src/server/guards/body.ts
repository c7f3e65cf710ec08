/** What is wrong with the body of a POST request: first by its headers alone, then by its bytes. */
import { isUtf8 } from 'node:buffer';
import { contentTypeOf } from '../request/content-type.ts';
import type { BodyGuard, RequestGuard } from './guard.ts';
import { isForm } from './upload-parts.ts';

export const bodyType: RequestGuard = {
  name: 'the type of the body',
  check({ method, headers }) {
    const { type } = contentTypeOf(headers);
    if (method !== 'POST' || type === 'application/json' || type === 'multipart/form-data') return undefined;
    // Browsers let any web page send forms and plain text here, but ask first about JSON. Another guard is for forms.
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request as JSON, with the header "content-type: application/json".',
    };
  },
};

export const bodyCharset: RequestGuard = {
  name: 'the charset of the body',
  check({ method, headers }) {
    if (method !== 'POST') return undefined;
    const { charset, charsets: times } = contentTypeOf(headers);
    if (times === 0) return undefined;
    if (times === 1 && isNameOfUtf8(charset)) return undefined;
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: `Send the request in UTF-8; its "content-type" header declares ${wordsFor(charset, times)}.`,
    };
  },
};

function wordsFor(charset: string | undefined, times: number): string {
  if (times > 1) return 'more than one charset';
  return charset === undefined
    ? 'a charset whose quotation mark is not closed'
    : `the charset ${JSON.stringify(charset)}`;
}

function isNameOfUtf8(charset = ''): boolean {
  return /^utf-?8$/i.test(charset);
}

export const bodyEncoding: RequestGuard = {
  name: 'the encoding of the body',
  check({ method, headers }) {
    if (method !== 'POST' || (headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity') {
      return undefined;
    }
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request uncompressed, without a "content-encoding" header.',
    };
  },
};

export const bodyTransfer: RequestGuard = {
  name: 'the transfer of the body',
  check({ headers }) {
    if ((headers['transfer-encoding'] ?? 'chunked').toLowerCase() === 'chunked') return undefined;
    return {
      status: 501,
      code: 'UNSUPPORTED_TRANSFER_ENCODING',
      message: 'Send the request whole or in chunks; no "transfer-encoding" but "chunked" is understood.',
    };
  },
};

/**
 * @param most How many bytes it may have.
 * @param mostWithFiles The same of one with files.
 */
export function bodySize(most: number, mostWithFiles: number): RequestGuard {
  return {
    name: 'the size of the body',
    check({ method, headers }) {
      const hasFiles = isForm({ headers });
      const maximum = hasFiles ? mostWithFiles : most;
      const length = headers['content-length'] ?? '0';
      if (method !== 'POST' || Number(length) <= maximum) return undefined;
      return {
        status: 413,
        code: 'REQUEST_TOO_LARGE',
        message: `The request has ${length} bytes; at most ${inWords(maximum)} are accepted.${hasFiles ? '' : adviceOnFiles}`,
        facts: { limit: hasFiles ? 'uploadBytes' : 'bodyBytes', maximum, actual: Number(length) },
      };
    },
  };
}

/** For a body that comes in chunks, and so does not say its size beforehand. */
export function bodySizeInChunks(maximum: number): BodyGuard {
  return {
    name: 'the size of a body in chunks',
    check(bytes) {
      if (bytes.length <= maximum) return undefined;
      return {
        status: 413,
        code: 'REQUEST_TOO_LARGE',
        message: `The request has more than ${inWords(maximum)}, and no more are accepted.${adviceOnFiles}`,
        facts: { limit: 'bodyBytes', maximum },
      };
    },
  };
}

/** Bytes in base64 take a third more room. */
const adviceOnFiles =
  ' Send files as Upload, by the GraphQL multipart request specification, or raise MAX_BODY_BYTES.';

const MEBIBYTE = 1_048_576;

function inWords(bytes: number): string {
  return bytes % MEBIBYTE === 0 ? `${bytes / MEBIBYTE} MiB (${bytes} bytes)` : `${bytes} bytes`;
}

export const bodyText: BodyGuard = {
  name: 'the text of the body',
  check(bytes) {
    if (isUtf8(bytes)) return undefined;
    return {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The bytes of the request are not valid UTF-8. Send the request in UTF-8.',
    };
  },
};
