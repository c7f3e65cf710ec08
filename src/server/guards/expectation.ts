import type { RequestGuard } from './guard.ts';

/** A guard of RFC 9110, 10.1.1. Node itself says "100 Continue", and has another answer without a body. */
export const expectation: RequestGuard = {
  name: 'what the client expects',
  check({ headers, httpVersion }) {
    const { expect = '100-continue' } = headers;
    if (httpVersion !== '1.1' || expect.toLowerCase() === '100-continue') return undefined;
    return {
      status: 417,
      code: 'EXPECTATION_FAILED',
      message: `The header "expect" may say 100-continue alone, and not ${JSON.stringify(expect)}.`,
    };
  },
};
