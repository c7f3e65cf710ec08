/**
 * Who may see a job, and have it performed again: who may ask for it. `jobs:read` widens that from a caller's own jobs to
 * those of all callers, and never beyond the caller's scopes and bounds.
 */
import { JOBS_READ } from '../auth/scopes.ts';
import { AccessDeniedError } from '../errors.ts';
import type { Context } from '../schema/context.ts';
import { operations } from '../schema/operation/registry.ts';
import type { LookedAt, Viewer } from './job-queries.ts';
import type { JobRecord } from './job-store.ts';

/** What the caller may see of jobs. */
export function viewerOf({ principal }: Context): Viewer {
  const known = new Set(operations().map(({ scope }) => scope));
  return {
    caller: principal.allows(JOBS_READ) ? undefined : principal.id,
    scopes: [...known].filter(scope => principal.allows(scope)),
    bounds: principal.bounds,
  };
}

/** What a caller is told of a job: whoever asked for it, why it is refused to a token that allows less; others nothing then. */
export function shownTo(
  context: Context,
  { job, isVisible }: LookedAt,
): JobRecord | AccessDeniedError | undefined {
  if (isVisible) return job;
  const isOwn = job.caller === context.principal.id && job.state !== 'RECEIVING';
  return isOwn ? refusalOf(job, context) : undefined;
}

function refusalOf({ scopes, about }: JobRecord, { principal }: Context): AccessDeniedError {
  const scope = scopes.find(each => !principal.allows(each));
  if (scope !== undefined) {
    return new AccessDeniedError({ message: `The caller lacks the scope "${scope}".`, scope });
  }
  return new AccessDeniedError({
    message: `The caller is limited to some resources, of which ${about.at(-1)} is none.`,
  });
}
