/** Scopes, `provider:entity:action`, and patterns of them, which tokens and the roles of a file grant. */

const pattern = /^(?:[^\s:]+:){0,2}[^\s:]+$/;

/** Whether a text can grant anything: a scope with `*` at some of its levels, or one that ends early with a `*`. */
export function isScopePattern(text: string): boolean {
  const levels = text.split(':').length;
  return pattern.test(text) && (levels === 3 || text.endsWith('*'));
}

/** Whether a pattern grants a scope. A `*` stands for any one level; at the end, for all that follow, too. */
export function grants(granted: string, scope: string): boolean {
  const wanted = scope.split(':');
  const levels = granted.split(':');
  if (levels.length > wanted.length) return false;
  if (levels.length < wanted.length && levels.at(-1) !== '*') return false;
  return levels.every((level, index) => level === '*' || level === wanted[index]);
}
