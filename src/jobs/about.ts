/** What jobs are about: the store, the collection or the account that their options name. */
import { checkCommonReach, resourcesOf } from '../adapter/reach.ts';
import type { Context } from '../schema/context.ts';
import type { JobKind } from './job-kind.ts';

/** What a job is about, as a path from the widest to itself, each with the id of its provider before it. */
export function aboutOf(kind: JobKind, options: object): readonly string[] {
  const { operation, common } = mainOf(kind, options);
  const [parts = []] = operation ? resourcesOf(operation, common) : [];
  return parts.map(part => `${kind.operation.provider}:${part}`);
}

/**
 * Lets a job pass whose options name what is within the caller's bounds.
 *
 * @throws AccessDeniedError when it is not.
 */
export function checkJobReach(kind: JobKind, options: object, { principal }: Context): void {
  const { operation, common } = mainOf(kind, options);
  if (operation) checkCommonReach(principal, operation, common);
}

/** The call that a job is made of, and what it has in common in AWS's words. */
function mainOf({ operation }: JobKind, options: object) {
  const named = Object.entries(options).map(([name, value]) => [
    name.charAt(0).toUpperCase() + name.slice(1),
    value as unknown,
  ]);
  return { operation: operation.aws[0], common: Object.fromEntries(named) as Record<string, unknown> };
}
