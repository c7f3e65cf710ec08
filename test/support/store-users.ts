/** Users of identity stores in rows of bulk jobs, and what became of them. */
import type { TestGateway } from './gateway.ts';

/** A row that makes a user, or says who one is. */
export const person = (userName: string, rest: object = {}) => ({
  userName,
  displayName: userName,
  name: { givenName: 'Given', familyName: 'Family' },
  ...rest,
});

/** The user of this name, if there is one. */
export async function userNamed(gateway: TestGateway, userName: string) {
  const { data } = await gateway.query(
    `query ($userName: String!) { identityStoreUser(by: { userName: $userName }) { id userId title groups { edges { node { displayName } } } } }`,
    { userName },
  );
  return data.identityStoreUser;
}
