import { hasPart, isWithin, type Reached } from './resources.ts';
import { grants } from './scopes.ts';

interface PrincipalFacts {
  readonly id: string;
  /** The same as the id, if absent. */
  readonly logName?: string | undefined;
  readonly subject?: string;
  /** Scopes and patterns of them. */
  readonly scopes: readonly string[];
  /** Patterns of the resources that it is limited to; absent when it is not limited. */
  readonly resources?: readonly string[] | undefined;
  /** When it is over, as `Date.now()` has it; absent when it is not. */
  readonly expiresAt?: number | undefined;
}

/** Who a principal is, and what it may do. */
export type Authority = Pick<PrincipalFacts, 'id' | 'logName' | 'scopes' | 'resources'>;

/** Who sends a request, and what that is allowed to do. */
export class Principal {
  /** Tells it from all others, wherever something is kept for it or counted: a hash. */
  readonly id: string;
  /** What logs, traces and the audit trail call it: its id, unless configured otherwise. */
  readonly logName: string;
  /** Its name at the issuer of its token. */
  readonly subject: string | undefined;
  /** When its token expires, as `Date.now()` has it; undefined where there is none. */
  readonly expiresAt: number | undefined;
  readonly #scopes: readonly string[];
  readonly #resources: readonly string[] | undefined;
  /** What was found out, by scope: there are as few as operations, and a principal lives as long as its token. */
  readonly #allowed = new Map<string, boolean>();

  constructor({ id, logName = id, subject, scopes, resources, expiresAt }: PrincipalFacts) {
    this.id = id;
    this.logName = logName;
    this.subject = subject;
    this.#scopes = scopes;
    this.#resources = resources;
    this.expiresAt = expiresAt;
  }

  /** Who it is and what it may do, for work in its name that goes on without it. */
  get authority(): Authority {
    return { id: this.id, logName: this.logName, scopes: this.#scopes, resources: this.#resources };
  }

  /** Patterns of the resources that it is limited to; undefined when it is not limited. */
  get bounds(): readonly string[] | undefined {
    return this.#resources;
  }

  /** Whether it may do what a declaration's scope stands for. */
  allows(scope: string): boolean {
    let allowed = this.#allowed.get(scope);
    if (allowed === undefined) {
      allowed = this.#scopes.some(granted => grants(granted, scope));
      this.#allowed.set(scope, allowed);
    }
    return allowed;
  }

  /** Its name in logs, if somebody has verified who it is. */
  get verifiedName(): string | undefined {
    return this === anonymous || this === nobody ? undefined : this.logName;
  }

  /** Whether it is limited to some resources. */
  get isBounded(): boolean {
    return this.#resources !== undefined;
  }

  /** Whether what a call to AWS reaches is within its bounds. */
  reaches(reached: Reached): boolean {
    return this.#resources === undefined || isWithin(this.#resources, reached);
  }

  /** Whether what is reached is within its bounds, or something can be that is in it. */
  reachesInto(reached: Reached): boolean {
    return (
      this.#resources === undefined || isWithin(this.#resources, reached) || hasPart(this.#resources, reached)
    );
  }
}

/** Everybody, where nobody is asked who it is: may do everything. */
export const anonymous = new Principal({ id: 'anonymous', scopes: ['*'] });

/** Who has not been asked yet: may do nothing. */
export const nobody = new Principal({ id: 'nobody', scopes: [] });
