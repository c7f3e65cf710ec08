import { randomUUID } from 'node:crypto';
import type { Quotas } from '../aws/models/quotas.ts';
import { Clock } from './clock.ts';
import { Faults } from './faults.ts';
import { RequestJournal } from './request-journal.ts';
import { Responder, type ResponderDependencies } from './responder.ts';
import type { SeedName } from './seed-names.ts';
import { Throttle } from './throttle.ts';
import { openWorld, type World } from './world.ts';

/** A world with all that tests do with it: nothing of it is shared with another. */
export interface AdministeredWorld {
  readonly faults: Faults;
  readonly throttle: Throttle;
  readonly requests: RequestJournal;
  readonly clock: Clock;
  /** As new, with what it began with or with other seeds; drops faults and the journal, and sets the clock right. */
  reset(seed?: SeedName): void;
}

/** What answers the requests to a world. */
export interface RunningWorld extends AdministeredWorld {
  readonly responder: Responder;
  readonly added: World['added'];
  readonly announce: World['announce'];
  close(): void;
}

export interface WorldOptions {
  /** A folder that keeps the state, or `:memory:`. */
  readonly data: string;
  readonly seed: SeedName;
  /** Identity stores that exist beside the demo world's, with no users at first. */
  readonly identityStores: readonly string[];
  readonly quotas?: Quotas | undefined;
  readonly realClock: (() => Date) | undefined;
  readonly wait: ResponderDependencies['wait'];
}

/** @throws StartupError when the folder cannot be used */
export function startWorld({ quotas, realClock, wait, ...options }: WorldOptions): RunningWorld {
  const clock = new Clock(realClock);
  const world = openWorld({ ...options, clock: clock.now });
  const faults = new Faults(world.services);
  const throttle = new Throttle(quotas);
  const requests = new RequestJournal();
  return {
    faults,
    throttle,
    requests,
    clock,
    added: world.added,
    responder: new Responder({ world, faults, throttle, requests, clock: clock.now, wait }),
    reset(seed) {
      clock.reset();
      world.reset(seed);
      faults.clear();
      requests.clear();
    },
    announce: address => world.announce(address),
    close: () => world.close(),
  };
}

/** What a new world is asked to be like. */
export interface NewWorld {
  /** 1 to 64 letters, digits, "-" and "_"; made up if it is absent. */
  readonly name?: string | undefined;
  /** What it begins with; `demo` if it is absent. */
  readonly seed?: SeedName | undefined;
  readonly identityStores?: readonly string[] | undefined;
}

/** Why a world cannot be made. */
export class InvalidWorldError extends Error {
  override readonly name = 'InvalidWorldError';
}

/** Each is a database in memory. */
const MAX_WORLDS = 1_000;

const worldName = /^[\w-]{1,64}$/;

/** The worlds of a local AWS beside its own: they live in memory, for a test each. */
export class Worlds {
  readonly #start: (options: Pick<WorldOptions, 'seed' | 'identityStores'>) => RunningWorld;
  readonly #running = new Map<string, RunningWorld>();

  /** @param start Makes one. */
  constructor(start: (options: Pick<WorldOptions, 'seed' | 'identityStores'>) => RunningWorld) {
    this.#start = start;
  }

  /**
   * Makes a world.
   *
   * @returns Its name, which requests to it carry in the header `x-local-aws-world`.
   * @throws InvalidWorldError when there is such a one already, or no room.
   */
  create({ name = `w-${randomUUID()}`, seed = 'demo', identityStores = [] }: NewWorld = {}): string {
    if (!worldName.test(name)) {
      throw new InvalidWorldError('name: must be 1 to 64 letters, digits, "-" and "_"');
    }
    if (this.#running.has(name)) throw new InvalidWorldError(`name: there is a world "${name}" already`);
    if (this.#running.size >= MAX_WORLDS) {
      throw new InvalidWorldError(`There are ${MAX_WORLDS} worlds already: delete those that are done with.`);
    }
    this.#running.set(name, this.#start({ seed, identityStores }));
    return name;
  }

  find(name: string): RunningWorld | undefined {
    return this.#running.get(name);
  }

  names(): string[] {
    return [...this.#running.keys()];
  }

  /** Ends a world; false if there is none. */
  delete(name: string): boolean {
    this.#running.get(name)?.close();
    return this.#running.delete(name);
  }

  deleteAll(): void {
    for (const name of this.names()) this.delete(name);
  }
}
