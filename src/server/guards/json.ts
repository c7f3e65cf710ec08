/** What a request may hold of JSON: guards stand before it is parsed. */
import { excessWords } from '../../json/bounded-reading.ts';
import { type JsonExcess, valuesIn } from '../../json/bounds.ts';
import type { Exchange } from '../exchange.ts';
import { searchOf } from '../request/sent-parameters.ts';
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

/** Looks at a text, and has the exchange count its values. */
function checkJson(text: Uint8Array, exchange: Exchange): Refusal | undefined {
  const values = valuesIn(text);
  if (typeof values !== 'number') return tooMuchJson(values);
  exchange.jsonValues = (exchange.jsonValues ?? 0) + values;
  return undefined;
}

/** A guard of what comes as a body, or as the operations of a form. */
export const jsonOfBody: BodyGuard = {
  name: 'the JSON of the body',
  check: checkJson,
};

/** A guard of what stands in the address. */
export const jsonOfParameters: RequestGuard = {
  name: 'the JSON of the parameters',
  check({ method, url = '' }, exchange) {
    if (method !== 'GET') return undefined;
    const sent = searchOf(url);
    for (const name of ['variables', 'extensions']) {
      const refusal = checkJson(Buffer.from(sent.get(name) ?? ''), exchange);
      if (refusal) return refusal;
    }
    return undefined;
  },
};
