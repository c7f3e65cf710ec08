/** What is refused for its address, or for the bytes of its body. */
import { withBody, withHeaders, withoutLength } from '../changed-requests.ts';
import type { Cases } from './case.ts';

export const parameters: Cases = {
  'the text of the parameters': {
    spoil: ({ headers: _headers, body: _body, ...sent }) => ({
      ...sent,
      method: 'GET',
      path: '/graphql?query=%7B__typename%7D&operationName=J%FCrgen',
    }),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The parameters in the address are not valid UTF-8, percent-encoded.',
    },
  },
  'the parameters that may stand once': {
    spoil: ({ headers: _headers, body: _body, ...sent }) => ({
      ...sent,
      method: 'GET',
      path: '/graphql?query=%7B__typename%7D&query=%7B__typename%7D',
    }),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The address has more than one parameter "query".',
    },
  },
  'the JSON of the parameters': {
    spoil: ({ headers: _headers, body: _body, ...sent }) => ({
      ...sent,
      method: 'GET',
      path: `/graphql?query=%7B__typename%7D&extensions=${'['.repeat(101)}${']'.repeat(101)}`,
    }),
    refusal: {
      status: 400,
      code: 'REQUEST_TOO_LARGE',
      message:
        'The JSON of the request has more than 100 levels of lists and objects within one another, and may have 100.',
      facts: { limit: 'jsonNesting', maximum: 100 },
    },
  },
  'the JSON of the body': {
    spoil: sent => {
      const { query, variables } = JSON.parse(String(sent.body)) as { query: string; variables: object };
      const many = Array.from({ length: 2_000 }, () => 1);
      return withBody(sent, JSON.stringify({ query, variables: { ...variables, many } }));
    },
    refusal: {
      status: 400,
      code: 'REQUEST_TOO_LARGE',
      message: 'The JSON of the request has more than 1000 values, and JSON of its size may have 1000.',
      facts: { limit: 'jsonValues', maximum: 1_000 },
    },
  },
  'the parts of an upload': {
    spoil: sent =>
      withHeaders(sent, {
        'content-type': 'multipart/form-data; boundary=x',
        'graphql-require-preflight': '1',
      }),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The request with files is no form that can be read.',
    },
  },
  'the size of a body in chunks': {
    spoil: sent => ({
      ...withoutLength(sent),
      body: `${String(sent.body)}${' '.repeat(1_048_576)}`,
    }),
    refusal: {
      status: 413,
      code: 'REQUEST_TOO_LARGE',
      message:
        'The request has more than 1 MiB (1048576 bytes), and no more are accepted. Send files as Upload, by the GraphQL multipart request specification, or raise MAX_BODY_BYTES.',
      facts: { limit: 'bodyBytes', maximum: 1_048_576 },
    },
  },
  'the text of the body': {
    spoil: sent =>
      withBody(sent, Buffer.from(String(sent.body).replace('"user-', '"J\u00FCrgen-'), 'latin1')),
    refusal: {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The bytes of the request are not valid UTF-8. Send the request in UTF-8.',
    },
  },
  'the size of the body': {
    spoil: sent => withBody(sent, String(sent.body).padEnd(1_048_577)),
    refusal: {
      status: 413,
      code: 'REQUEST_TOO_LARGE',
      message:
        'The request has 1048577 bytes; at most 1 MiB (1048576 bytes) are accepted. Send files as Upload, by the GraphQL multipart request specification, or raise MAX_BODY_BYTES.',
      facts: { limit: 'bodyBytes', maximum: 1_048_576, actual: 1_048_577 },
    },
  },
};
