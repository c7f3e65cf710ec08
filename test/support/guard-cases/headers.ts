/** What is refused for its headers. */
import { withHeaders, without } from '../changed-requests.ts';
import type { Cases } from './case.ts';

export const headers: Cases = {
  'the headers that may stand once': {
    spoil: sent => withHeaders(sent, { 'content-type': ['application/json', 'text/plain'] }),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The request has more than one "content-type" header.',
    },
  },
  'the presence of the host': {
    spoil: sent => ({ ...sent, setHost: false }),
    refusal: { status: 400, code: 'BAD_REQUEST', message: 'The request has no "host" header.' },
  },
  'the host': {
    spoil: sent => withHeaders(sent, { host: 'rebound.example' }),
    refusal: {
      status: 421,
      code: 'FOREIGN_HOST',
      message:
        'This gateway serves only this machine, as localhost, and not "rebound.example". Set HOST to serve others.',
    },
  },
  'what the client expects': {
    spoil: sent => withHeaders(sent, { expect: 'magic' }),
    refusal: {
      status: 417,
      code: 'EXPECTATION_FAILED',
      message: 'The header "expect" may say 100-continue alone, and not "magic".',
    },
  },
  'the type of the body': {
    spoil: sent => withHeaders(sent, { 'content-type': 'text/plain' }),
    refusal: {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request as JSON, with the header "content-type: application/json".',
    },
  },
  'the preflight of an upload': {
    spoil: sent => withHeaders(sent, { 'content-type': 'multipart/form-data; boundary=x' }),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message:
        'Send files with the header "graphql-require-preflight: 1", which no web page of another site can send unasked.',
    },
  },
  'the charset of the body': {
    spoil: sent => withHeaders(sent, { 'content-type': 'application/json; charset="ISO-8859-1"' }),
    refusal: {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request in UTF-8; its "content-type" header declares the charset "ISO-8859-1".',
    },
  },
  'the transfer of the body': {
    spoil: sent => ({
      ...sent,
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'gzip, chunked' },
    }),
    refusal: {
      status: 501,
      code: 'UNSUPPORTED_TRANSFER_ENCODING',
      message: 'Send the request whole or in chunks; no "transfer-encoding" but "chunked" is understood.',
    },
  },
  'the media type of the answer': {
    spoil: sent => withHeaders(sent, { accept: 'application/json;q=0, image/*' }),
    refusal: {
      status: 406,
      code: 'NOT_ACCEPTABLE',
      message:
        'The "accept" header allows none of the media types that answers can have: application/json, ' +
        'application/graphql-response+json, text/event-stream, multipart/mixed.',
    },
  },
  'the encoding of the body': {
    spoil: sent => withHeaders(sent, { 'content-encoding': 'gzip' }),
    refusal: {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the request uncompressed, without a "content-encoding" header.',
    },
  },
  authentication: {
    spoil: sent => without('authorization', sent),
    refusal: {
      status: 401,
      code: 'UNAUTHENTICATED',
      message: 'Send a bearer token, with the header "authorization: Bearer …".',
    },
  },
};
