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
  #loaders: ReturnType<typeof createLoaders> | undefined;

  constructor(aws: IdentityStore) {
    this.aws = aws;
  }

  /** A user by its id, or null. */
  user(key: IdentityStoreUserKey): Promise<IdentityStoreUser | null> {
    return this.#load().users.load(key);
  }

  /** A user by another of its unique attributes, or null: AWS tells the id, and the id the user. */
  async userByAlias(alias: Alias): Promise<IdentityStoreUser | null> {
    const key = await this.#load().keys.load(alias);
    return key && this.user(key);
  }

  /** Most requests change something and look nothing up, so the loaders are made when the first is needed. */
  #load() {
    this.#loaders ??= createLoaders(this.aws);
    return this.#loaders;
  }
}

function createLoaders(aws: IdentityStore) {
  const each = lookUpEach(PARALLEL_LOOK_UPS);
  return {
    users: new DataLoader(
      each((key: IdentityStoreUserKey) => aws.describeUser(key)),
      { cacheKeyFn: ({ identityStoreId, userId }) => `${identityStoreId}/${userId}` },
    ),
    keys: new DataLoader(
      each(({ identityStoreId, alias }: Alias) => aws.getUserId(identityStoreId, alias)),
      { cacheKeyFn: JSON.stringify },
    ),
  };
}
