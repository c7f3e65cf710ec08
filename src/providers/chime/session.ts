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
  readonly #accounts: DataLoader<string, ChimeAccount | null>;
  readonly #users: DataLoader<ChimeUserKey, ChimeUser | null, string>;
  readonly #usersByEmail: DataLoader<Address, ChimeUser | null, string>;

  constructor(aws: Chime) {
    this.aws = aws;
    const each = lookUpEach(PARALLEL_LOOK_UPS);
    this.#accounts = new DataLoader(each(id => aws.getAccount(id)));
    this.#users = new DataLoader(
      each(key => aws.getUser(key)),
      { cacheKeyFn: JSON.stringify },
    );
    this.#usersByEmail = new DataLoader(
      each(address => this.#findByEmail(address)),
      { cacheKeyFn: JSON.stringify },
    );
  }

  /** An account, or null. */
  account(accountId: string): Promise<ChimeAccount | null> {
    return this.#accounts.load(accountId);
  }

  /** A user by its id, or null. */
  user(key: ChimeUserKey): Promise<ChimeUser | null> {
    return this.#users.load(key);
  }

  /** A user by its e-mail address, or null. */
  userByEmail(address: Address): Promise<ChimeUser | null> {
    return this.#usersByEmail.load(address);
  }

  /** AWS finds users by address only in its list; it does not say whether the letters' case matters there. */
  async #findByEmail(address: Address): Promise<ChimeUser | null> {
    const { items } = await this.aws.listUsers(address, 1);
    return items.find(user => user.primaryEmail?.toLowerCase() === address.email.toLowerCase()) ?? null;
  }
}
