/** Scopes, `provider:entity:action`, and patterns of them, which tokens and the roles of a file grant. */

/** What lets callers see what was changed, by whomever. */
export const AUDIT_READ = 'audit:read';

/** What lets callers see the jobs of others that they may ask for themselves, and change them. */
export const JOBS_READ = 'jobs:read';
export const JOBS_MANAGE = 'jobs:manage';

/** The scopes of what is at no provider, but the gateway's own. */
const own = [AUDIT_READ, JOBS_READ, JOBS_MANAGE] as const;

/** One of these. */
export type OwnScope = (typeof own)[number];

const pattern = /^(?:[^\s:]+:){0,2}[^\s:]+$/;

/** Whether a text can grant anything: a scope with `*` at some of its levels, or one that ends early with a `*`. */
export function isScopePattern(text: string): boolean {
  if (!pattern.test(text)) return false;
  const levels = text.split(':').length;
  return levels === 3 || text.endsWith('*') || own.some(scope => grants(text, scope));
}

/** What a scope may begin with. */
export function scopeBeginnings(providers: readonly string[]): readonly string[] {
  return [...new Set([...providers, ...own.map(beginningOf)])];
}

/** The first level of a scope. */
export function beginningOf(scope: string): string {
  return scope.split(':')[0] ?? '';
}

/** Whether a pattern grants a scope. A `*` stands for any one level; at the end, for all that follow, too. */
export function grants(granted: string, scope: string): boolean {
  const wanted = scope.split(':');
  const levels = granted.split(':');
  if (levels.length > wanted.length) return false;
  if (levels.length < wanted.length && levels.at(-1) !== '*') return false;
  return levels.every((level, index) => level === '*' || level === wanted[index]);
}
