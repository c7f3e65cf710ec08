/** A request for each guard of the gateway that it refuses. */
import type { Refusal } from '../../../src/server/guards/guard.ts';
import type { TestGateway } from '../gateway.ts';
import type { Received, Sent } from '../http.ts';

/** A guard that refuses; `otherToken` is another caller's. */
export interface Case {
  /** Makes a request that nothing is wrong with one that the guard refuses. */
  readonly spoil: (sent: Sent, otherToken: string) => Sent;
  readonly refusal: Refusal;
  /** Sends it as it has to be sent for that; at once, if absent. */
  readonly send?: (gateway: TestGateway, sent: Sent) => Promise<Received>;
  /** The only documents that a gateway of its own has to run. */
  readonly documents?: (sent: Sent) => readonly string[];
  /** What the gateway of its own has to be told that the case needs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Brings about what the guard refuses other requests for; ends with what it returns. */
  readonly during?: (gateway: TestGateway, sent: Sent, otherToken: string) => Promise<() => Promise<void>>;
}

/** By the names of the guards. */
export type Cases = Readonly<Record<string, Case>>;
