import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Quotas } from '../aws/models/quotas.ts';
import { LocalAwsServer, listen } from './server.ts';
import { type AdministeredWorld, startWorld, Worlds } from './worlds.ts';

export { demoWorld } from './demo-world.ts';
export { type Fault, type Faults, InvalidFaultError } from './faults.ts';
export type { JournalEntry, RequestJournal } from './request-journal.ts';
export { type SeedName, seedNames } from './seed-names.ts';
export { FolderInUseError, StartupError } from './startup-error.ts';
export { type AdministeredWorld, InvalidWorldError, type NewWorld, type Worlds } from './worlds.ts';

export interface LocalAwsOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** A folder that keeps the state, or `:memory:`, the default. */
  readonly data?: string;
  /** Identity stores that exist beside the demo world's, with no users at first. */
  readonly identityStores?: readonly string[];
  /** The requests a second that it lets through; as many as come unless given. */
  readonly quotas?: Quotas;
  readonly clock?: () => Date;
}

/** A running local AWS, with the world that requests reach which name no other. */
export interface LocalAws extends AdministeredWorld {
  /** What AWS_ENDPOINT_URL has to be. */
  readonly url: string;
  readonly port: number;
  /**
   * The parts of the demo world that this start added to a state of an older version, which did not have them:
   * "the collection employees". Empty for a new state.
   */
  readonly added: readonly string[];
  /** Worlds beside it. */
  readonly worlds: Worlds;
  /** Lets requests in progress end, closes all connections and the state. */
  stop(): Promise<void>;
}

/**
 * Starts an AWS on this machine that speaks the wire protocols of Rekognition, the Identity Store and Chime.
 * @throws StartupError when the port or the folder cannot be used
 */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { host = '127.0.0.1', port = 0, data = ':memory:', identityStores = [], quotas } = options;
  // The port comes first: a folder is neither made nor opened for nothing.
  const listening = await listen(host, port);
  const stopping = new AbortController();
  const wait = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal: stopping.signal, ref: false });
  const common = { quotas, realClock: options.clock, wait };
  try {
    const world = startWorld({ ...common, data, seed: 'demo', identityStores });
    const worlds = new Worlds(own =>
      startWorld({
        ...common,
        ...own,
        data: ':memory:',
        identityStores: [...identityStores, ...own.identityStores],
      }),
    );
    const server = new LocalAwsServer(listening, { world, worlds, stopping: stopping.signal });
    let stopped: Promise<void> | undefined;
    const stop = async () => {
      stopping.abort();
      await server.stop();
      worlds.deleteAll();
      world.close();
    };
    const urlHost = host.includes(':') ? `[${host}]` : host;
    const { port: actual } = listening.address() as AddressInfo;
    const url = `http://${urlHost}:${actual}`;
    world.announce(url);
    return { ...world, url, port: actual, worlds, stop: () => (stopped ??= stop()) };
  } catch (error) {
    listening.close();
    throw error;
  }
}
