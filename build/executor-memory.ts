/**
 * Where the executor keeps what it has worked out about a request's selections.
 *
 * `@graphql-tools` keeps it in two WeakMaps that outlive all requests. V8 carries what such a map holds through
 * a collection of the young generation even when nothing else refers to it: 1.5 KB of each create were copied,
 * part of them came into the old generation, and pauses took 2.2 ms. Kept on the request's own object, a pause
 * takes about 1 ms, collections of the old generation are rare, and a create takes 0.92× the CPU time.
 */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const MEMOIZE = '@graphql-tools/utils/esm/memoize.js';

/**
 * The SHA-256 of what is replaced and of its users, as they were when this was written. Another text may use the
 * memory in another way, with which the replacement would be wrong, or would keep things for ever.
 */
const known: Readonly<Record<string, readonly string[]>> = {
  [MEMOIZE]: ['2d4da56ae543429a0ad9febc08511d3f21fa70956791d7844611e8a66138eb39'],
  '@graphql-tools/utils/esm/collectFields.js': [
    // Of version 12, which the executor uses, and of version 11, which Yoga brings along.
    '094688efbd6e256ec786afad38a0207ec38096f0d39e766d8aae0da43374ac9a',
    '6f81509f3ea3564da641fd72597495b43bc2c8915580a5f9a2a22ccff528cc84',
  ],
  '@graphql-tools/executor/esm/execution/execute.js': [
    '918ca167ce890483dc17927e138d1690305f6efc812c8394f477a1c8fddfff01',
  ],
};

/** Stands for `memoize3`, whose first argument is the request's, and `memoize5`, which asks the same once more. */
const replacement = `
export function memoize3(fn) {
  const memory = Symbol('memory');
  return function memoized(owner, key, innerKey) {
    const outer = (owner[memory] ??= new Map());
    let inner = outer.get(key);
    if (!inner) outer.set(key, (inner = new Map()));
    let value = inner.get(innerKey);
    if (value === undefined) inner.set(innerKey, (value = fn(owner, key, innerKey)));
    return value;
  };
}
export const memoize5 = fn => fn;
`;

export const executorMemory: Plugin = {
  name: 'executor-memory',
  setup(build) {
    const seen = new Set<string>();
    build.onLoad(
      { filter: /\/node_modules\/(@graphql-tools|@graphql-yoga|@envelop|graphql-yoga)\/.*js$/ },
      async ({ path }) => {
        const file = path.split('/node_modules/').at(-1) ?? path;
        const text = await readFile(path, 'utf8');
        if (!(file in known) && !/\bmemoize[35]\b/.test(text)) return undefined;
        const found = hash('sha256', text);
        if (!known[file]?.includes(found)) return { errors: [{ text: unknownText(file, found) }] };
        seen.add(file);
        return file === MEMOIZE ? { contents: withReplacement(text) } : undefined;
      },
    );
    build.onEnd(() => {
      const errors = Object.keys(known)
        .filter(file => !seen.has(file))
        .map(file => ({ text: `The bundle has no ${file}, which build/executor-memory.ts is about.` }));
      return { errors };
    });
  },
};

function withReplacement(text: string): string {
  return text.replaceAll(/^export function (?=memoize[35]\()/gm, 'function original_') + replacement;
}

function unknownText(file: string, found: string): string {
  return [
    `${file} is not as it was when build/executor-memory.ts was written for it.`,
    'Read how it uses memoize3 and memoize5 now. If the first argument of memoize3 is still an object of one request,',
    'and memoize5 still asks what memoize3 remembers, put its hash into build/executor-memory.ts:',
    found,
  ].join('\n');
}
