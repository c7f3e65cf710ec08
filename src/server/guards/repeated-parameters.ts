import { parameterNames, searchOf } from '../request/sent-parameters.ts';
import type { RequestGuard } from './guard.ts';

/** A guard of parameters in the address that stand there twice: nobody knows which one is meant. */
export const repeatedParameter: RequestGuard = {
  name: 'the parameters that may stand once',
  check({ method, url = '' }) {
    if (method !== 'GET') return undefined;
    const sent = searchOf(url);
    const repeated = parameterNames.find(name => sent.getAll(name).length > 1);
    if (repeated === undefined) return undefined;
    const message = `The address has more than one parameter "${repeated}".`;
    return { status: 400, code: 'BAD_REQUEST', message };
  },
};
