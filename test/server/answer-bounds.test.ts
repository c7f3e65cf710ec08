/** How much one answer may hold. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

describe('issues of an input', () => {
  const document = `mutation Create($input: CreateIdentityStoreUserInput!) {
    createIdentityStoreUser(input: $input) { ... on InvalidInputError { message issues { path message } } }
  }`;

  /** An input with four mistakes in each address, and one in the length of their list. */
  async function refusal(addresses: number) {
    const input = {
      userName: 'margaret',
      displayName: 'Margaret',
      name: { givenName: 'Margaret', familyName: 'Hamilton' },
      addresses: Array.from({ length: addresses }, () => ({ locality: '', region: '' })),
    };
    const { data } = await gateway.query(document, { input });
    return data.createIdentityStoreUser as {
      readonly message: string;
      readonly issues: readonly { readonly path: readonly string[]; readonly message: string }[];
    };
  }

  it.each([
    [24, 97, undefined],
    [25, 101, '…and 1 more.'],
    [15_000, 101, '…and 59,901 more.'],
  ])('of %i broken entries are listed up to 100 and then counted', async (addresses, length, rest) => {
    const { issues, message } = await refusal(addresses);
    expect(issues).toHaveLength(length);
    expect(issues.slice(0, 100).filter(({ path }) => path[0] !== 'addresses')).toEqual([]);
    expect(issues[100]).toEqual(rest === undefined ? undefined : { path: [], message: rest });
    expect(message).toBe(issues.map(issue => issue.message).join(' '));
  });
});
