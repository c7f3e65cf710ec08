/** Keys that callers chose alike are different keys, for AWS as well. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { startIssuer, type TestIssuer } from '../support/issuer.ts';
import { documentOf, type Mutation, mutations } from '../support/mutations.ts';
import { ask, withToken } from '../support/tokens.ts';

/** Those for which AWS takes a key. */
const keyed = mutations.filter(({ aws }) => aws.some(({ takesKey }) => takesKey));

let issuer: TestIssuer;
/** One that remembers keys itself, and one that leaves it to AWS. */
let gateways: readonly TestGateway[];
beforeAll(async () => {
  issuer = await startIssuer();
  gateways = await Promise.all(
    ['24', '0'].map(hours =>
      startTestGateway({ ...issuer.env, IDEMPOTENCY_HOURS: hours, AWS_BUDGETS: 'off' }),
    ),
  );
});
afterAll(async () => {
  for (const gateway of gateways) await gateway.stop();
  await issuer.stop();
});

/** What the second of two callers is told who ask for the same, with these keys. */
async function second(gateway: TestGateway, mutation: Mutation, key?: string): Promise<unknown> {
  gateway.localAws.reset();
  const input = { ...mutation.input, ...(key !== undefined && { idempotencyKey: key }) };
  const perform = async (sub: string) => {
    const headers = withToken(await issuer.token({ sub, scope: '*' }));
    const { body } = await ask(gateway, headers, documentOf(mutation), { input });
    return (body as Answer).data;
  };
  expect(await perform('alice')).toMatchObject({ result: { __typename: `${mutation.typeName}Success` } });
  return perform('bob');
}

/** Ids that AWS makes, and times, are other ones each time. */
const typenameOf = (data: unknown) => (data as { result: { __typename: string } }).result.__typename;

test('There are changes for which AWS takes a key', () => {
  expect(keyed.length).toBeGreaterThan(4);
});

test.each(keyed)(
  '$field under a key that another caller has used is answered as without a key',
  async mutation => {
    for (const gateway of gateways) {
      const without = typenameOf(await second(gateway, mutation));
      expect(typenameOf(await second(gateway, mutation, `key-of-${mutation.field}`))).toBe(without);
    }
  },
);

test('AWS gets another token for another caller, and the same for each repeat of one', async () => {
  const [, gateway] = gateways as [TestGateway, TestGateway];
  gateway.localAws.reset();
  const create = (sub: string, userId: string) =>
    issuer
      .token({ sub, scope: '*' })
      .then(token =>
        ask(
          gateway,
          withToken(token),
          `mutation { result: createRekognitionUser(input: {collectionId: "employees", userId: "${userId}", idempotencyKey: "import-1"}) { __typename } }`,
        ),
      );
  const told = async (sub: string, userId: string) =>
    typenameOf(((await create(sub, userId)).body as Answer).data);
  expect(await told('alice', 'one')).toBe('CreateRekognitionUserSuccess');
  expect(await told('alice', 'one')).toBe('CreateRekognitionUserSuccess');
  expect(await told('alice', 'two')).toBe('IdempotencyMismatchError');
  expect(await told('bob', 'one')).toBe('ConflictError');
  expect(await told('bob', 'two')).toBe('CreateRekognitionUserSuccess');
});
