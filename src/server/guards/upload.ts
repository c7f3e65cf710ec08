/** What is wrong with a request that brings files. */
import type { ServerLimits } from '../server-limits.ts';
import type { Guard, RequestGuard } from './guard.ts';
import { tooMuchJson } from './json.ts';
import { isForm, type Upload } from './upload-parts.ts';

/** Headers by which clients say that they are no form of a web page: browsers ask first before they send them elsewhere. */
const preflightHeaders = ['graphql-require-preflight', 'apollo-require-preflight', 'x-apollo-operation-name'];

export const uploadPreflight: RequestGuard = {
  name: 'the preflight of an upload',
  check(request) {
    if (request.method !== 'POST' || !isForm(request)) return undefined;
    if (preflightHeaders.some(name => request.headers[name])) return undefined;
    return {
      status: 400,
      code: 'BAD_REQUEST',
      message:
        'Send files with the header "graphql-require-preflight: 1", which no web page of another site can send unasked.',
    };
  },
};

const words = {
  maxUploadBytes: ['uploadBytes', 'bytes'],
  maxBodyBytes: ['bodyBytes', 'bytes in one of its parts'],
  maxUploadFiles: ['uploadFiles', 'files'],
} as const;

/** Of the parts of a form, once they were read. */
export function uploadParts(limits: ServerLimits): Guard<Upload> {
  return {
    name: 'the parts of an upload',
    check({ flaw }) {
      if (!flaw) return undefined;
      if ('words' in flaw) {
        return { status: 400, code: 'BAD_REQUEST', message: `The request with files ${flaw.words}` };
      }
      if ('doubled' in flaw) return { status: 400, code: 'BAD_REQUEST', message: flaw.doubled.message };
      if ('excess' in flaw) return tooMuchJson(flaw.excess);
      const [limit, what] = words[flaw.tooLarge];
      const maximum = limits[flaw.tooLarge];
      return {
        status: 413,
        code: 'REQUEST_TOO_LARGE',
        message: `The request has more than ${maximum} ${what}, and no more are accepted.`,
        facts: { limit, maximum },
      };
    },
  };
}
