/** What a request may hold of JSON: guards stand before it is parsed. */
import { excessWords } from '../../json/bounded-reading.ts';
import { excessIn, type JsonExcess } from '../../json/bounds.ts';
import { searchOf } from '../sent-parameters.ts';
import type { BodyGuard, Refusal, RequestGuard } from './guard.ts';

const limits = { nesting: 'jsonNesting', values: 'jsonValues' } as const;

/** What is said of JSON that holds too much. */
export function tooMuchJson(excess: JsonExcess): Refusal {
  return {
    status: 400,
    code: 'REQUEST_TOO_LARGE',
    message: `The JSON of the request has ${excessWords(excess)}.`,
    facts: { limit: limits[excess.of], maximum: excess.maximum },
  };
}

/** A guard of what comes as a body; that of an upload was looked at when it was read. */
export const jsonOfBody: BodyGuard = {
  name: 'the JSON of the body',
  check(bytes, { uploads }) {
    const excess = uploads ? undefined : excessIn(bytes);
    return excess && tooMuchJson(excess);
  },
};

/** A guard of what stands in the address. */
export const jsonOfParameters: RequestGuard = {
  name: 'the JSON of the parameters',
  check({ method, url = '' }) {
    if (method !== 'GET') return undefined;
    const sent = searchOf(url);
    for (const name of ['variables', 'extensions']) {
      const excess = excessIn(Buffer.from(sent.get(name) ?? ''));
      if (excess) return tooMuchJson(excess);
    }
    return undefined;
  },
};
