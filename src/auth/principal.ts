import { isWithin, type Reached } from './resources.ts';
import { grants } from './scopes.ts';

interface PrincipalFacts {
  readonly id: string;
  readonly subject?: string;
  /** Scopes and patterns of them. */
  readonly scopes: readonly string[];
  /** Patterns of the resources that it is limited to; absent when it is not limited. */
  readonly resources?: readonly string[] | undefined;
  /** When it is over, as `Date.now()` has it; absent when it is not. */
  readonly expiresAt?: number | undefined;
}

/** What a principal may do. */
export type Authority = Pick<PrincipalFacts, 'scopes' | 'resources'>;

/** Who sends a request, and what that is allowed to do. */
export class Principal {
  /** Tells it from others, in logs and when requests are counted: a hash, unless configured otherwise. */
  readonly id: string;
  /** Its name at the issuer of its token. */
  readonly subject: string | undefined;
  /** When its token expires, as `Date.now()` has it; undefined where there is none. */
  readonly expiresAt: number | undefined;
  readonly #scopes: readonly string[];
  readonly #resources: readonly string[] | undefined;
  /** What was found out, by scope: there are as few as operations, and a principal lives as long as its token. */
  readonly #allowed = new Map<string, boolean>();

  constructor({ id, subject, scopes, resources, expiresAt }: PrincipalFacts) {
    this.id = id;
    this.subject = subject;
    this.#scopes = scopes;
    this.#resources = resources;
    this.expiresAt = expiresAt;
  }

  /** What it may do, for work in its name that goes on without it. */
  get authority(): Authority {
    return { scopes: this.#scopes, resources: this.#resources };
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

  /** Its id, if somebody has verified who it is. */
  get verifiedId(): string | undefined {
    return this === anonymous || this === nobody ? undefined : this.id;
  }

  /** Whether it is limited to some resources. */
  get isBounded(): boolean {
    return this.#resources !== undefined;
  }

  /** Whether what a call to AWS reaches is within its bounds. */
  reaches(reached: Reached): boolean {
    return this.#resources === undefined || isWithin(this.#resources, reached);
  }
}

/** Everybody, where nobody is asked who it is: may do everything. */
export const anonymous = new Principal({ id: 'anonymous', scopes: ['*'] });

/** Who has not been asked yet: may do nothing. */
export const nobody = new Principal({ id: 'nobody', scopes: [] });
