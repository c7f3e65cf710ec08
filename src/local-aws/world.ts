import { Database } from './database.ts';
import { demoWorld } from './demo-world.ts';
import type { SeedName } from './seed-names.ts';
import { Seeds } from './seeds.ts';
import { seedsOf } from './seeds-of.ts';
import { chime } from './services/chime/index.ts';
import { chimeState } from './services/chime/state.ts';
import { chimeSdkIdentity } from './services/chime-sdk-identity/index.ts';
import { chimeSdkIdentityState } from './services/chime-sdk-identity/state.ts';
import { identityStore } from './services/identitystore/index.ts';
import { identityStoreState } from './services/identitystore/state.ts';
import { rekognition } from './services/rekognition/index.ts';
import { rekognitionState } from './services/rekognition/state.ts';
import type { Service } from './services/service.ts';

/** One AWS, apart from every other: its state, and the services that work on it. */
export interface World {
  readonly services: readonly Service[];
  /** The parts of the demo world that were added to a state which an older version had made. */
  readonly added: readonly string[];
  /** Does all of the work on the state, or, when it throws, nothing of it. */
  transaction<Result>(work: () => Result): Result;
  /** Tells others that find its folder in use where it is served. */
  announce(address: string): void;
  /** Back to what it began with, or to what is named. */
  reset(seed?: SeedName): void;
  close(): void;
}

export interface WorldOptions {
  /** A folder that keeps the state, or `:memory:`. */
  readonly data: string;
  /** What a new state begins with. */
  readonly seed: SeedName;
  /** Identity stores that exist beside the demo world's, with no users at first. */
  readonly identityStores: readonly string[];
  readonly clock: () => Date;
}

/** The state of each service, whose tables are there once the database is set up. */
export function statesIn(database: Database, stores: readonly string[], clock: () => Date) {
  return {
    rekognition: rekognitionState(database, clock),
    identityStore: identityStoreState(database, stores, clock),
    chime: chimeState(database, clock),
    chimeSdkIdentity: chimeSdkIdentityState(database, clock),
  };
}

/**
 * Opens the world in a folder, or makes a new one.
 * @throws StartupError when the folder cannot be used
 */
export function openWorld({ data, seed, identityStores, clock }: WorldOptions): World {
  const database = new Database(data);
  const stores = [demoWorld.identityStore.identityStoreId, ...identityStores];
  const states = statesIn(database, stores, clock);
  const seeds = new Seeds(database, seedsOf(seed, states, clock));
  const added = database.setUp(before => {
    if (before.size > 0) return seeds.sowMissing(before);
    seeds.sowAll();
    return [];
  });
  return {
    added,
    services: [
      rekognition(states.rekognition),
      identityStore(states.identityStore),
      chime(states.chime),
      chimeSdkIdentity(states.chimeSdkIdentity),
    ],
    transaction: work => database.transaction(work),
    reset: (other = seed) =>
      database.transaction(() => {
        database.clear();
        (other === seed ? seeds : new Seeds(database, seedsOf(other, states, clock))).sowAll();
      }),
    announce: address => database.announce(address),
    close: () => database.close(),
  };
}
