/** Has it asked whether a row may be done just before a call is sent that changes something. */
import type { CallMemory, RememberedCall } from '../adapter/call-memory.ts';
import type { AwsOperation } from '../adapter/operation.ts';

/** Lets something be done, or throws an ApiError that says why it must not be. */
export type Guard = () => unknown;

/**
 * A memory of calls that sends none which is not allowed. Those that were sent before are looked for; of them it is asked when
 * they turn out not to have been made.
 */
export class GuardedCalls implements CallMemory {
  readonly #memory: CallMemory;
  readonly #general: Guard | undefined;
  #special: Guard | undefined;

  /** @param general Is asked about each call. */
  constructor(memory: CallMemory, general: Guard | undefined) {
    this.#memory = memory;
    this.#general = general;
  }

  /** Makes calls about which something else is asked, too. */
  async whenAllowed<Result>(guard: Guard, doing: () => Promise<Result>): Promise<Result> {
    this.#special = guard;
    try {
      return await doing();
    } finally {
      this.#special = undefined;
    }
  }

  recall(operation: AwsOperation, request: object): RememberedCall | undefined {
    const known = this.#memory.recall(operation, request);
    const guards = [this.#general, this.#special].filter(guard => guard !== undefined);
    if (!known || operation.effect === 'read' || guards.length === 0) return known;
    const allow = async () => {
      for (const guard of guards) await guard();
    };
    return { ...known, allow };
  }
}
