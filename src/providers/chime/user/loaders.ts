/** What one GraphQL request remembers of the users of Chime accounts. */
import { asTold } from '../../../adapter/answers.ts';
import { lookUpEach } from '../../../adapter/look-up.ts';
import { type ChimeUserKey, userKey, users } from './adapter.ts';

interface Address {
  readonly accountId: string;
  readonly email: string;
}

export const userByKey = lookUpEach(users, (aws, key: ChimeUserKey) => aws.get(key), userKey);

/** AWS finds users by their address only in its list. */
export const userByEmail = lookUpEach(users, async (aws, { accountId, email }: Address) => {
  const { items } = await aws.list({ accountId, userEmail: email, maxResults: 1 });
  // AWS does not say whether the letters' case matters when it looks for an address.
  const wanted = email.toLowerCase();
  return items.find(user => asTold(user.primaryEmail)?.toLowerCase() === wanted) ?? null;
});

/** AWS tells the settings of one user with each call. */
export const settingsByUser = lookUpEach(users, (aws, key: ChimeUserKey) => aws.getSettings(key), userKey);
