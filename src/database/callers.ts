/** The connections for what callers ask for: how many each of them has, so that there is always one for the others. */
import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pLimit, { type LimitFunction } from 'p-limit';
import { CrowdedDatabaseError } from './database-error.ts';
import type { Tables } from './tables.ts';

/** A request, by whatever object stands for it, and who sent it. */
export interface Asker {
  readonly principal: { readonly id: string };
}

/** How many statements are under way at a time. */
interface Shares {
  /** Of one request. */
  readonly request: number;
  /** Of all requests of a principal. */
  readonly principal: number;
}

/** How long a statement may wait for those of the same principal. */
const MAX_WAIT_MS = 10_000;

export class CallersConnections {
  readonly #pool: PostgresPool;
  readonly #shares: Shares;
  readonly #databases = new WeakMap<Asker, Kysely<Tables>>();
  /** Of those principals that have something under way. */
  readonly #limits = new Map<string, LimitFunction>();

  /** @param pool It serves those who wait in their order: with a few of each principal among them, each has its turn soon. */
  constructor(pool: PostgresPool, shares: Shares) {
    this.#pool = pool;
    this.#shares = shares;
  }

  /** The database for a request. */
  for(asker: Asker): Kysely<Tables> {
    let db = this.#databases.get(asker);
    if (!db) {
      db = databaseOn(this.#poolFor(asker));
      this.#databases.set(asker, db);
    }
    return db;
  }

  #poolFor({ principal: { id } }: Asker): PostgresPool {
    const ofRequest = pLimit(this.#shares.request);
    return {
      options: this.#pool.options,
      connect: () =>
        new Promise((give, refuse) => {
          const since = performance.now();
          void ofRequest(() => this.#ofPrincipal(id, () => this.#lend(since, give, refuse)));
        }),
      end: async () => undefined,
    };
  }

  async #ofPrincipal(id: string, act: () => Promise<void>): Promise<void> {
    let limit = this.#limits.get(id);
    if (!limit) {
      limit = pLimit(this.#shares.principal);
      this.#limits.set(id, limit);
    }
    await limit(act);
    if (limit.activeCount + limit.pendingCount === 0 && this.#limits.get(id) === limit) {
      this.#limits.delete(id);
    }
  }

  /** Lends a connection; ends when it is given back. */
  async #lend(
    since: number,
    give: (client: PostgresPoolClient) => void,
    refuse: (error: unknown) => void,
  ): Promise<void> {
    if (performance.now() - since > MAX_WAIT_MS) {
      refuse(new CrowdedDatabaseError('A principal asks for more of the database than it has time for.'));
      return;
    }
    let client: PostgresPoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      refuse(error);
      return;
    }
    const { promise: released, resolve } = Promise.withResolvers<void>();
    const release = client.release.bind(client);
    client.release = destroy => {
      resolve();
      release(destroy);
    };
    give(client);
    await released;
  }
}

/** The tables as code has them, on connections of a pool. */
export function databaseOn(pool: PostgresPool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] });
}
