/** Inputs by chance, held against the constraints of AWS's models: the gateway tells what they break, and nothing else. */
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { valuesOf } from '../support/arbitraries.ts';
import { expectedIssues, inputCases, issuesOf } from '../support/expected-issues.ts';
import { startTestGateway } from '../support/gateway.ts';
import { documentOf, mutations } from '../support/mutations.ts';

const gateway = await startTestGateway({ IDEMPOTENCY_HOURS: '0' });
afterAll(() => gateway.stop());

test.each(inputCases)('$mutation.field takes any $at that AWS takes, and no other', async each => {
  const { operation, member, lets } = each;
  const values = valuesOf(operation.service.model, member).filter(({ value }) => lets(value));
  await fc.assert(
    fc.asyncProperty(values, async boundary => {
      const issues = await issuesOf(gateway, each, member.place(boundary.value));
      expect(issues).toEqual(expectedIssues(each, boundary));
    }),
    { numRuns: 10 },
  );
});

const wholes = [
  ...Map.groupBy(inputCases, ({ mutation, operation }) => `${mutation.field} (${operation.name})`),
].map(([operation, members]) => ({
  operation,
  members: members.filter(({ member }) => member.path.length === 1 && !member.isMapKey),
}));

test.each(wholes)('$operation tells everything that is wrong with an input at once', async ({ members }) => {
  const [first] = members;
  if (!first) return;
  const choices = members.map(({ operation, member, lets }) =>
    fc.option(valuesOf(operation.service.model, member).filter(({ value }) => lets(value))),
  );
  await fc.assert(
    fc.asyncProperty(fc.tuple(...choices), async given => {
      const found = members.flatMap((each, at) => {
        const boundary = given[at];
        return boundary ? [{ each, boundary }] : [];
      });
      const request = Object.fromEntries(
        found.map(({ each, boundary }) => [each.member.path[0] as string, boundary.value]),
      );
      const issues = await issuesOf(gateway, first, request);
      expect(issues).toEqual(found.flatMap(({ each, boundary }) => expectedIssues(each, boundary)));
    }),
    { numRuns: 20 },
  );
});

test.each(mutations)('$field refuses a member that it does not know, by its name', async mutation => {
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[a-z]{3,12}Surplus$/), async surplus => {
      const { errors } = await gateway.query(documentOf(mutation), {
        input: { ...mutation.input, [surplus]: 1 },
      });
      expect(errors?.map(({ message }) => message)).toEqual([
        expect.stringContaining(`not to include unknown field "${surplus}"`),
      ]);
    }),
    { numRuns: 3 },
  );
});
