import { Quotas, quotasType, readQuotas, type ServiceQuotas } from '../aws/models/quotas.ts';

/** Why quotas cannot be set. */
export class InvalidQuotasError extends Error {
  override readonly name = 'InvalidQuotasError';
}

/** The requests that are still let through, as of a time. */
interface Bucket {
  tokens: number;
  at: number;
}

/**
 * The rates at which requests are let through: a bucket for each quota, which holds the requests of a second and fills
 * evenly.
 */
export class Throttle {
  readonly #clock: () => number;
  #quotas: Quotas;
  #buckets = new Map<string, Bucket>();

  /** @param clock in milliseconds */
  constructor(quotas = new Quotas(false), clock: () => number = () => performance.now()) {
    this.#quotas = quotas;
    this.#clock = clock;
  }

  /**
   * Sets the quotas, as the variable LOCAL_AWS_QUOTAS does; all buckets are full then.
   * @throws InvalidQuotasError when the list is none
   */
  set(list: string): void {
    const quotas = readQuotas(list, false);
    if (!quotas) throw new InvalidQuotasError(`quotas: must be ${quotasType}`);
    this.#quotas = quotas;
    this.#buckets = new Map();
  }

  /** Lets a request for an operation through, or not. */
  admits(service: ServiceQuotas, operation: string): boolean {
    const quota = this.#quotas.of(service, operation);
    if (!quota) return true;
    const { name, perSecond } = quota;
    const size = Math.max(1, perSecond);
    const now = this.#clock();
    const { tokens, at } = this.#buckets.get(name) ?? { tokens: size, at: now };
    const filled = Math.min(size, tokens + ((now - at) * perSecond) / 1_000);
    this.#buckets.set(name, { tokens: filled < 1 ? filled : filled - 1, at: now });
    return filled >= 1;
  }
}
