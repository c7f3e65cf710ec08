/** Users of the Identity Store: created, changed, and read page by page. */
import type { Client } from '@urql/core';
import { resultOf } from './gateway.ts';
import { CreatePersonDocument, PeopleDocument, UpdatePersonDocument } from './generated/graphql.ts';
import { explain } from './refusal.ts';

/** Creates a user, and says what came of it. */
export async function createPerson(client: Client, userName: string): Promise<string | undefined> {
  const input = {
    userName,
    displayName: 'Katherine Johnson',
    name: { givenName: 'Katherine', familyName: 'Johnson' },
    title: 'Mathematician',
    nickName: 'Kate',
  };
  const result = resultOf(await client.mutation(CreatePersonDocument, { input }));
  if (result.__typename !== 'CreateIdentityStoreUserSuccess') {
    console.log(`${userName} was not created. ${explain(result)}`);
    return undefined;
  }
  console.log(`Created ${result.user.userName}.`);
  return result.user.userId;
}

/** What is not in the input stays as it is; null unsets. */
export async function retire(client: Client, userId: string): Promise<void> {
  const input = { userId, displayName: 'K. Johnson', title: null };
  const result = resultOf(await client.mutation(UpdatePersonDocument, { input }));
  if (result.__typename !== 'UpdateIdentityStoreUserSuccess') {
    console.log(`Nothing was changed. ${explain(result)}`);
    return;
  }
  // The schema has null for a user who was changed but not read again, beside an error that resultOf() has thrown.
  const { displayName, title, nickName } = result.user ?? {};
  console.log(`Changed, and now: ${JSON.stringify({ displayName, title, nickName })}`);
}

/** The names of all users, a page at a time. */
export async function* everybody(client: Client, first: number): AsyncGenerator<readonly string[]> {
  const pageAfter = async (after: string | null) =>
    resultOf(await client.query(PeopleDocument, { first, after }));
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo } = await pageAfter(after);
    yield edges.map(({ node }) => node.userName ?? node.id);
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}
