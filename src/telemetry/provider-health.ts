/** Whether providers can serve, judged by what the last calls to AWS came to: nothing is called to find out. */
import type { AttemptEnd } from '../aws/attempts.ts';
import type { FailureKind } from '../aws/failure.ts';
import type { RequestObserver } from '../schema/observer.ts';

/**
 * - `ready`: AWS answered the last call, if only with a refusal.
 * - `unknown`: there was no call yet, or none for a while.
 * - `failing`: the last calls had no answer, or could not be sent.
 */
export type ProviderState = 'ready' | 'unknown' | 'failing';

export interface ProviderReport {
  readonly status: ProviderState;
  /** What kind of failure the last call ended with. */
  readonly failure?: FailureKind;
}

/** Which provider a service belongs to, by AWS's name of the service. */
export type ProvidersOfServices = ReadonlyMap<string, string>;

/** So many attempts in a row have to fail: one alone may be an accident. */
const FAILURES_IN_A_ROW = 3;

/** How long a judgement holds: a gateway that gets no requests, because it is not ready, has to recover somehow. */
const BELIEVED_MS = 30_000;

/** They say nothing about the provider. */
const ownDoing: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'dropped',
  'stopped',
  'overdue',
  'tooMuch',
  'noRoom',
  'unencodable',
]);

/** Waiting for another attempt changes nothing about these. */
const certain: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'insecure',
  'wrongEndpoint',
  'noRegion',
  'noCredentials',
  'processFailed',
  'noProfile',
  'ssoEnded',
  'credentialsDenied',
]);

interface Memory {
  failuresInARow: number;
  failure: FailureKind | undefined;
  /** A reading of `performance.now()`. */
  at: number;
}

/** What the last calls to the providers came to. */
export class ProviderHealth implements RequestObserver {
  readonly #memories = new Map<string, Memory>();
  readonly #ofServices: ReadonlyMap<string, Memory>;

  constructor(services: ProvidersOfServices) {
    const never = { failuresInARow: 0, failure: undefined, at: Number.NEGATIVE_INFINITY };
    for (const provider of services.values()) this.#memories.set(provider, { ...never });
    this.#ofServices = new Map(
      [...services].map(([service, provider]) => [service, this.#memories.get(provider) as Memory]),
    );
  }

  attemptEnded({ service, failure, status, throttled }: AttemptEnd): void {
    const memory = this.#ofServices.get(service);
    if (!memory || (failure && ownDoing.has(failure))) return;
    const refused = failure === 'exception' && (throttled || (status !== undefined && status < 500));
    memory.at = performance.now();
    if (failure === undefined || refused) {
      memory.failuresInARow = 0;
      memory.failure = undefined;
    } else {
      memory.failuresInARow += certain.has(failure) ? FAILURES_IN_A_ROW : 1;
      memory.failure = failure;
    }
  }

  /** Each provider by its id, in the order in which they were given. */
  report(): Readonly<Record<string, ProviderReport>> {
    return Object.fromEntries([...this.#memories].map(([provider, memory]) => [provider, judge(memory)]));
  }

  waited(): void {}
  operationEnded(): void {}
}

function judge({ failuresInARow, failure, at }: Memory): ProviderReport {
  if (performance.now() - at > BELIEVED_MS) return { status: 'unknown' };
  if (failure === undefined) return { status: 'ready' };
  return { status: failuresInARow >= FAILURES_IN_A_ROW ? 'failing' : 'ready', failure };
}
