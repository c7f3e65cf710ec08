/** Amazon Chime during one GraphQL request: equal look-ups share one call to AWS. */
import DataLoader from 'dataloader';
import { lookUpEach } from '../../aws/look-up.ts';
import type { ProviderKey } from '../provider.ts';
import type { Chime, ChimeAccount, ChimeUser, ChimeUserKey } from './adapter.ts';

export const chime = 'chime' as ProviderKey<ChimeSession>;

/** AWS states no quota for these operations; this is what one GraphQL request takes at the same time. */
const PARALLEL_LOOK_UPS = 10;

interface Address {
  readonly accountId: string;
  readonly email: string;
}

export class ChimeSession {
  readonly aws: Chime;
  #loaders: ReturnType<typeof createLoaders> | undefined;

  constructor(aws: Chime) {
    this.aws = aws;
  }

  /** An account, or null. */
  account(accountId: string): Promise<ChimeAccount | null> {
    return this.#load().accounts.load(accountId);
  }

  /** A user by its id, or null. */
  user(key: ChimeUserKey): Promise<ChimeUser | null> {
    return this.#load().users.load(key);
  }

  /** A user by its e-mail address, or null. */
  async userByEmail(address: Address): Promise<ChimeUser | null> {
    const page = await this.#load().pagesByEmail.load(address);
    // AWS does not say whether the letters' case matters when it looks for an address.
    const wanted = address.email.toLowerCase();
    return page?.items.find(user => user.primaryEmail?.toLowerCase() === wanted) ?? null;
  }

  /** Most requests change something and look nothing up, so the loaders are made when the first is needed. */
  #load() {
    this.#loaders ??= createLoaders(this.aws);
    return this.#loaders;
  }
}

function createLoaders(aws: Chime) {
  const each = lookUpEach(PARALLEL_LOOK_UPS);
  return {
    accounts: new DataLoader(each((accountId: string) => aws.getAccount(accountId))),
    users: new DataLoader(
      each((key: ChimeUserKey) => aws.getUser(key)),
      { cacheKeyFn: JSON.stringify },
    ),
    /** AWS finds users by their address only in its list. */
    pagesByEmail: new DataLoader(
      each((address: Address) => aws.listUsers(address, 1)),
      { cacheKeyFn: JSON.stringify },
    ),
  };
}
