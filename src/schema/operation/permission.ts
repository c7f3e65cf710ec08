/** What a caller is asked for before an operation runs: the scope of its declaration. */
import type { OwnScope } from '../../auth/scopes.ts';
import { AccessDeniedError } from '../../errors.ts';
import type { Context } from '../context.ts';
import type { Scope } from './registry.ts';

/**
 * Lets those go on who have the scope.
 *
 * @throws AccessDeniedError that names the scope.
 */
export function requireScope({ principal, takenScopes }: Context, scope: Scope | OwnScope): void {
  if (principal.allows(scope)) {
    takenScopes?.add(scope);
    return;
  }
  throw new AccessDeniedError({ message: `The caller lacks the scope "${scope}".`, scope });
}
