/** Every constraint of AWS's models, on every member of an input that a mutation has. */
import { afterAll, expect, test } from 'vitest';
import { expectedIssues, inputCases, issuesOf } from '../support/expected-issues.ts';
import { startTestGateway } from '../support/gateway.ts';
import { mutations } from '../support/mutations.ts';

const gateway = await startTestGateway({ IDEMPOTENCY_HOURS: '0' });
afterAll(() => gateway.stop());

test('Every mutation takes a member of AWS', () => {
  expect(new Set(inputCases.map(({ mutation }) => mutation))).toEqual(new Set(mutations));
});

test.each(inputCases)('$mutation.field tells each broken constraint of $at, and no other', async each => {
  const issues = await Promise.all(
    each.boundaries.map(({ value }) => issuesOf(gateway, each, each.member.place(value))),
  );
  expect(issues).toEqual(each.boundaries.map(boundary => expectedIssues(each, boundary)));
});
