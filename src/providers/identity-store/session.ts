/** The Identity Store during one GraphQL request: equal look-ups share one call to AWS. */
import DataLoader from 'dataloader';
import { lookUpEach } from '../../aws/look-up.ts';
import type { ProviderKey } from '../provider.ts';
import type {
  IdentityStore,
  IdentityStoreUser,
  IdentityStoreUserAlias,
  IdentityStoreUserKey,
} from './adapter.ts';

export const identityStore = 'identity-store' as ProviderKey<IdentityStoreSession>;

/** AWS allows 20 requests a second over all operations of the Identity Store; one request takes at most half. */
const PARALLEL_LOOK_UPS = 10;

interface Alias {
  readonly identityStoreId: string;
  readonly alias: IdentityStoreUserAlias;
}

export class IdentityStoreSession {
  readonly aws: IdentityStore;
  readonly #users: DataLoader<IdentityStoreUserKey, IdentityStoreUser | null, string>;
  readonly #keys: DataLoader<Alias, IdentityStoreUserKey | null, string>;

  constructor(aws: IdentityStore) {
    this.aws = aws;
    const each = lookUpEach(PARALLEL_LOOK_UPS);
    this.#users = new DataLoader(
      each(key => aws.describeUser(key)),
      {
        cacheKeyFn: ({ identityStoreId, userId }) => `${identityStoreId}/${userId}`,
      },
    );
    this.#keys = new DataLoader(
      each(({ identityStoreId, alias }) => aws.getUserId(identityStoreId, alias)),
      {
        cacheKeyFn: JSON.stringify,
      },
    );
  }

  /** A user by its id, or null. */
  user(key: IdentityStoreUserKey): Promise<IdentityStoreUser | null> {
    return this.#users.load(key);
  }

  /** A user by another of its unique attributes, or null: AWS tells the id, and the id the user. */
  async userByAlias(alias: Alias): Promise<IdentityStoreUser | null> {
    const key = await this.#keys.load(alias);
    return key && this.user(key);
  }
}
