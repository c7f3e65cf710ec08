import type { AddressInfo } from 'node:net';
import type { Quotas } from '../aws/models/quotas.ts';
import { Faults } from './faults.ts';
import { RequestJournal } from './request-journal.ts';
import { LocalAwsServer, listen } from './server.ts';
import { Throttle } from './throttle.ts';
import { openWorld } from './world.ts';

export { demoWorld } from './demo-world.ts';
export { type Fault, type Faults, InvalidFaultError } from './faults.ts';
export type { JournalEntry, RequestJournal } from './request-journal.ts';
export { FolderInUseError, StartupError } from './startup-error.ts';

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

/** A running local AWS. */
export interface LocalAws {
  /** What AWS_ENDPOINT_URL has to be. */
  readonly url: string;
  readonly port: number;
  /**
   * The parts of the demo world that this start added to a state of an older version, which did not have them:
   * "the collection employees". Empty for a new state.
   */
  readonly added: readonly string[];
  readonly faults: Faults;
  readonly throttle: Throttle;
  readonly requests: RequestJournal;
  /** Back to the demo world; drops faults and the journal too. */
  reset(): void;
  /** Lets requests in progress end, closes all connections and the state. */
  stop(): Promise<void>;
}

/**
 * Starts an AWS on this machine that speaks the wire protocols of Rekognition, the Identity Store and Chime.
 * @throws StartupError when the port or the folder cannot be used
 */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { host = '127.0.0.1', port = 0, data = ':memory:', identityStores = [] } = options;
  const { clock = () => new Date() } = options;
  // The port comes first: a folder is neither made nor opened for nothing.
  const listening = await listen(host, port);
  try {
    const world = openWorld({ data, identityStores, clock });
    const faults = new Faults(world.services);
    const throttle = new Throttle(options.quotas);
    const requests = new RequestJournal();
    const reset = () => {
      world.reset();
      faults.clear();
      requests.clear();
    };
    const administered = { faults, throttle, requests, reset };
    const server = new LocalAwsServer(listening, { world, faults, throttle, requests, clock }, administered);
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= server.stop().then(() => world.close()));
    const urlHost = host.includes(':') ? `[${host}]` : host;
    const { port: actual } = listening.address() as AddressInfo;
    const url = `http://${urlHost}:${actual}`;
    return { url, port: actual, added: world.added, faults, throttle, requests, reset, stop };
  } catch (error) {
    listening.close();
    throw error;
  }
}
