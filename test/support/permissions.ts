/** Holds the IAM policy against the calls that really reach AWS, in every test with a gateway. */
import { expect } from 'vitest';
import { policyFor } from '../../scripts/iam-policy/policy.ts';
import type { LocalAws } from '../../src/local-aws/index.ts';
import { operations } from '../../src/schema/operation/registry.ts';
import { models } from './service-models.ts';

/** IAM knows services by the names that requests are signed for. */
const iamNames = new Map(models.map(({ service, signingName }) => [service, signingName]));

/** The IAM actions of all calls so far, however often the journal of them is cleared. */
export function rememberCalls({ requests }: LocalAws): () => ReadonlySet<string> {
  const called = new Set<string>();
  const add = requests.add.bind(requests);
  requests.add = entry => {
    called.add(`${iamNames.get(entry.service) ?? entry.service}:${entry.operation}`);
    return add(entry);
  };
  return () => called;
}

/**
 * Fails when the policy that `npm run iam-policy` prints would not have let a call pass.
 *
 * @param own The actions that the test itself performs, to arrange what it needs.
 */
export function expectPermitted(called: ReadonlySet<string>, own: readonly string[] = []): void {
  const permitted = policyFor(operations()).Statement.flatMap(({ Action }) => Action);
  expect(
    called.difference(new Set([...permitted, ...own])),
    'calls that the IAM policy does not permit',
  ).toEqual(new Set());
}
