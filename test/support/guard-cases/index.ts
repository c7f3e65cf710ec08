import type { Case, Cases } from './case.ts';
import { documents } from './documents.ts';
import { headers } from './headers.ts';
import { load } from './load.ts';
import { parameters } from './parameters.ts';
import { subscriptions } from './subscriptions.ts';

/** One for each guard of the gateway, by its name. */
export const cases: Cases = { ...load, ...headers, ...parameters, ...documents, ...subscriptions };

/** @throws when there is none. */
export function caseOf(name: string): Case {
  const found = cases[name];
  if (!found) throw new Error(`test/support/guard-cases has no request that the guard of ${name} refuses.`);
  return found;
}
