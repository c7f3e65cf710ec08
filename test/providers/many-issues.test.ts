/** A small input can break rules thousands of times, and under long names: an error lists some of it and counts the rest. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { documentOf, mutationNamed } from '../support/mutations.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const createUser = mutationNamed('createIdentityStoreUser');

async function refusalOf(broken: object) {
  const input = { ...createUser.input, ...broken };
  const { data, errors } = await gateway.query(documentOf(createUser), { input });
  expect(errors).toBeUndefined();
  return data.result as { message: string; issues: { path: string[]; message: string }[] };
}

const tooShort = (count: number) => Array.from({ length: count }, () => ({ value: '', type: 'work' }));
const emptyValue = (index: number) => ({
  path: ['emails', String(index), 'value'],
  message: `emails.${index}.value must not be empty.`,
});

test('A hundred issues are all listed', async () => {
  const { message, issues } = await refusalOf({ emails: tooShort(49) });
  expect(issues.length).toBeLessThanOrEqual(100);
  expect(message).toBe(issues.map(issue => issue.message).join(' '));
});

test('Of more than a hundred the first are listed, and the message counts the others', async () => {
  const { message, issues } = await refusalOf({ emails: tooShort(10_000) });
  expect(issues).toHaveLength(100);
  expect(issues[0]).toEqual(emptyValue(0));
  expect(message).toMatch(/ There are at least [\d,]+ more issues\.$/);
});

test('Long names count for more: the whole answer stays small', async () => {
  const name = 'n'.repeat(20_000);
  const half = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`k${index}`, '\ud800']));
  const { message, issues } = await refusalOf({ extensions: { [name]: half } });
  expect(issues.length).toBeGreaterThan(0);
  expect(JSON.stringify({ message, issues }).length).toBeLessThan(200_000);
  expect(message).toMatch(/ There are at least \d+ more issues\.$/);
});
