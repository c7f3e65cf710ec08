/** What a request tells of itself while it runs, for metrics, traces and the health of providers. */
import type { AttemptListener } from '../aws/attempts.ts';
import type { ApiOperation } from './operation/registry.ts';

/** Is told what happens in requests. It must be quick: the request waits for it. */
export interface RequestObserver extends AttemptListener {
  /** @param error What the operation was refused for, or failed with; undefined for a success. */
  operationEnded(operation: ApiOperation, durationMs: number, error: unknown): void;
}

/** Who observes a request, and what came with it. */
export interface Observation {
  /** The id of the request. */
  readonly requestId?: string | undefined;
  readonly observers?: readonly RequestObserver[] | undefined;
  /** What calls to AWS carry for whoever traces them on their way, in W3C's form. */
  readonly traceparent?: string | undefined;
  /** The world of the local AWS that it is for, which counts only if there is one. */
  readonly world?: string | undefined;
  /** The files that came with the request, by the names that stand for them in its variables. */
  readonly uploads?: ReadonlyMap<string, Uint8Array> | undefined;
}
