/** Requests by chance, held against the constraints of AWS's models: local AWS refuses what they refuse, and nothing else. */
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { requestModel, shapeModel } from '../../src/aws/models/model.ts';
import { startLocalAws } from '../../src/local-aws/index.ts';
import { valuesOf } from '../support/arbitraries.ts';
import { valid } from '../support/boundaries.ts';
import { type MemberCase, memberCases, refusalIn, refusalOf } from '../support/expected-refusals.ts';
import { canSay, sendWire } from '../support/wire-requests.ts';

const local = await startLocalAws();
afterAll(() => local.stop());

function isSayable(each: MemberCase, value: unknown): boolean {
  return canSay(each.member ?? {}, shapeModel(each.model, each.shape).type, value);
}

test.each(memberCases)(
  '$operation of $model.service takes any $at that AWS takes, and no other',
  async each => {
    const { model, operation } = each;
    const values = valuesOf(model, each).filter(({ value }) => isSayable(each, value));
    await fc.assert(
      fc.asyncProperty(values, async ({ value, broken }) => {
        const answer = await sendWire(local.url, model, operation, each.place(value));
        expect(refusalIn(answer)).toEqual(refusalOf([{ member: each, value, broken }]));
      }),
      { numRuns: 12 },
    );
  },
);

const requests = [
  ...Map.groupBy(memberCases, ({ model, operation }) => `${operation} of ${model.service}`),
].map(([operation, members]) => ({
  operation,
  members: members.filter(({ path, isMapKey }) => path.length === 1 && !isMapKey),
}));

test.each(requests)(
  '$operation tells everything that is wrong with a request at once',
  async ({ members }) => {
    const [first] = members;
    if (!first) return;
    const { model, operation } = first;
    const choices = members.map(member =>
      valuesOf(model, member).filter(({ value }) => isSayable(member, value)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...choices.map(choice => fc.option(choice))),
        fc.string(),
        async (given, surplus) => {
          const found = members.flatMap((member, at) => {
            const value = given[at];
            return value ? [{ member, ...value }] : [];
          });
          const request = {
            ...(valid(model, requestModel(model, operation).name) as object),
            ...Object.fromEntries(found.map(({ member: { path }, value }) => [path[0] as string, value])),
            Surplus: surplus,
          };
          expect(refusalIn(await sendWire(local.url, model, operation, request))).toEqual(refusalOf(found));
        },
      ),
      { numRuns: 25 },
    );
  },
);
