/** What is found by typing. Runs in the browser, where nothing of this file but the function is. */

/** The names in which there is what was typed: that very name first, then those that begin with it, then the others. */
export function foundNames(names: readonly string[], typed: string): string[] {
  const wanted = typed.trim().toLowerCase();
  const rank = (name: string) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2);
  return names
    .map(name => ({ name, lower: name.toLowerCase() }))
    .filter(({ lower }) => lower.includes(wanted))
    .toSorted((a, b) => rank(a.lower) - rank(b.lower))
    .map(({ name }) => name);
}
