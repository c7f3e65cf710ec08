/** What decides whether and when a call to a service of AWS is made: the budgets of its quotas, and its breaker. */
import type { AttemptListener } from './attempts.ts';
import { Breaker, type BreakerOptions, type BreakerState, REFUSED } from './breaker.ts';
import { type Asking, Budget, type BudgetOptions, type BudgetState } from './budget.ts';
import { type FailureKind, NotAdmitted } from './failure.ts';
import { type Quota, Quotas, type ServiceQuotas } from './models/quotas.ts';
import { SharedPace, type SlotSource } from './shared-pace.ts';

export interface AdmissionOptions {
  /** The quotas that its budgets keep to. */
  readonly quotas: Quotas;
  /** How many processes share them. */
  readonly replicas: number;
  /** What hands out their turns to these processes; without it, each keeps to its part. */
  readonly slots?: SlotSource | undefined;
  readonly budgets: BudgetOptions;
  readonly breaker: BreakerOptions;
}

/** Who asks for a call, and who hears of the waits. */
export interface AdmissionRequest extends Asking {
  readonly listener?: AttemptListener | undefined;
}

/** What a service's budgets and breaker are at. */
export interface AdmissionState {
  /** AWS's name of the service. */
  readonly service: string;
  readonly breaker: BreakerState;
  /** Those from which requests were asked for so far. */
  readonly budgets: readonly BudgetState[];
}

/** How an attempt failed, as far as it says something of the service. */
interface Failed {
  readonly kind: FailureKind;
  readonly status: number | undefined;
  readonly throttled: boolean;
}

/** Lets everything through. */
const open: AdmissionOptions = {
  quotas: new Quotas(false),
  replicas: 1,
  budgets: { maxWaitMs: 0, places: 0, principalShare: 1 },
  breaker: { failures: 0, openMs: 0 },
};

export class Admission {
  readonly #facts: ServiceQuotas;
  readonly #options: AdmissionOptions;
  readonly #breaker: Breaker;
  readonly #budgets = new Map<string, Budget>();
  /** The same by the operations that draw from them; undefined for those that draw from none. */
  readonly #ofOperations = new Map<string, Budget | undefined>();

  constructor(facts: ServiceQuotas, options = open) {
    this.#facts = facts;
    this.#options = options;
    this.#breaker = new Breaker(options.breaker);
  }

  /** AWS's name of the service. */
  get service(): string {
    return this.#facts.service;
  }

  get state(): AdmissionState {
    const budgets = [...this.#budgets.values()].map(({ state }) => state);
    return { service: this.service, breaker: this.#breaker.state, budgets };
  }

  /** How many requests a second of an operation are let through; undefined where nothing limits them. */
  perSecond(operation: string): number | undefined {
    return this.#budget(operation)?.quota.perSecond;
  }

  /**
   * Asks for the turn of an attempt.
   *
   * @returns undefined when it may be made at once. The promise rejects when it never may.
   * @throws NotAdmitted when the service does not answer.
   */
  turn(operation: string, request: AdmissionRequest): Promise<void> | undefined {
    if (this.#breaker.refuses) throw new NotAdmitted('notAnswering');
    const budget = this.#budget(operation);
    const turn = budget?.take(request);
    if (!budget || !turn || !request.listener) return turn;
    return this.#heard(turn, operation, budget.name, request.listener);
  }

  /**
   * An attempt is made now.
   *
   * @returns What {@link ended} is told.
   * @throws NotAdmitted when the service does not answer.
   */
  begin(): number {
    const era = this.#breaker.admit();
    if (era === REFUSED) throw new NotAdmitted('notAnswering');
    return era;
  }

  /** An attempt has ended. */
  ended(era: number, operation: string, failure?: Failed): void {
    if (!failure || (hasAnswer(failure) && (failure.throttled || (failure.status ?? 0) < 500))) {
      this.#breaker.succeeded(era);
    } else if (hasAnswer(failure) || isLost(failure)) {
      this.#breaker.failed(era);
    } else {
      this.#breaker.undecided(era);
    }
    if (failure?.throttled) this.#budget(operation)?.throttled();
  }

  /** An attempt ended by a bug. */
  abandoned(era: number): void {
    this.#breaker.undecided(era);
  }

  /** Ends all waits. */
  stop(): void {
    for (const budget of this.#budgets.values()) budget.stop();
  }

  #budget(operation: string): Budget | undefined {
    const known = this.#ofOperations.get(operation);
    if (known || this.#ofOperations.has(operation)) return known;
    const quota = this.#options.quotas.of(this.#facts, operation);
    const budget = quota && (this.#budgets.get(quota.name) ?? this.#newBudget(quota));
    if (budget) this.#budgets.set(budget.name, budget);
    this.#ofOperations.set(operation, budget);
    return budget;
  }

  #newBudget(quota: Quota): Budget {
    const { replicas, slots, budgets } = this.#options;
    if (slots) return new Budget(quota, budgets, new SharedPace(quota, replicas, slots));
    return new Budget({ ...quota, perSecond: quota.perSecond / replicas }, budgets);
  }

  async #heard(
    turn: Promise<void>,
    operation: string,
    budget: string,
    listener: AttemptListener,
  ): Promise<void> {
    const since = performance.now();
    let admitted = false;
    try {
      await turn;
      admitted = true;
    } finally {
      const waitedMs = performance.now() - since;
      listener.waited({ service: this.service, operation, budget, waitedMs, admitted });
    }
  }
}

function hasAnswer({ kind }: Failed): boolean {
  return kind === 'exception' || kind === 'unreadable';
}

/** Whether the service was asked, or could not be, and did not answer. */
function isLost({ kind }: Failed): boolean {
  return kind === 'timeout' || kind === 'disconnected' || kind === 'unreachable';
}
