import { Database } from './database.ts';
import { demoSeeds, demoWorld } from './demo-world.ts';
import { Seeds } from './seeds.ts';
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
  /** Back to the demo world. */
  reset(): void;
  close(): void;
}

export interface WorldOptions {
  /** A folder that keeps the state, or `:memory:`. */
  readonly data: string;
  /** Identity stores that exist beside the demo world's, with no users at first. */
  readonly identityStores: readonly string[];
  readonly clock: () => Date;
}

/**
 * Opens the world in a folder, or makes a new one, which begins as the demo world.
 * @throws StartupError when the folder cannot be used
 */
export function openWorld({ data, identityStores, clock }: WorldOptions): World {
  const database = new Database(data);
  const stores = [demoWorld.identityStore.identityStoreId, ...identityStores];
  const states = {
    rekognition: rekognitionState(database, clock),
    identityStore: identityStoreState(database, stores, clock),
    chime: chimeState(database, clock),
    chimeSdkIdentity: chimeSdkIdentityState(database, clock),
  };
  const seeds = new Seeds(database, demoSeeds(states, clock));
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
    reset: () =>
      database.transaction(() => {
        database.clear();
        seeds.sowAll();
      }),
    close: () => database.close(),
  };
}
