/**
 * The executor in the bundle, which does what `@graphql-tools/executor` does with less work: what it remembers is kept
 * elsewhere (executor-memory.ts), and fields cost less (executor-fields.ts). From its sources the gateway runs with the
 * executor as it is.
 */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { fieldEdits } from './executor-fields.ts';
import { withMemory } from './executor-memory.ts';

/** The new text of each file that is replaced. */
const replacements: Readonly<Record<string, (text: string) => string>> = {
  '@graphql-tools/utils/esm/memoize.js': withMemory,
  ...fieldEdits,
};

/**
 * The SHA-256 of what is replaced and of its users, as they were when this was written. Another text may use it in
 * another way, with which the replacement would be wrong, or would keep things for ever.
 */
const known: Readonly<Record<string, readonly string[]>> = {
  '@graphql-tools/utils/esm/memoize.js': ['2d4da56ae543429a0ad9febc08511d3f21fa70956791d7844611e8a66138eb39'],
  '@graphql-tools/utils/esm/collectFields.js': [
    // Of version 12, which the executor uses, and of version 11, which Yoga brings along.
    '094688efbd6e256ec786afad38a0207ec38096f0d39e766d8aae0da43374ac9a',
    '6f81509f3ea3564da641fd72597495b43bc2c8915580a5f9a2a22ccff528cc84',
  ],
  '@graphql-tools/executor/esm/execution/execute.js': [
    '918ca167ce890483dc17927e138d1690305f6efc812c8394f477a1c8fddfff01',
  ],
  '@graphql-tools/executor/esm/execution/promiseForObject.js': [
    '4321cbf5de8e159da4e43650e4d7d45853e14b284ab009f9b9d71c236055bf6f',
  ],
  '@graphql-tools/executor/esm/execution/values.js': [
    '259fe9d69a55476848cd8a416f44f824f01ad04c7132893927a8b52981200c7c',
  ],
};

export const executor: Plugin = {
  name: 'executor',
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
        const replace = replacements[file];
        return replace && { contents: replace(text) };
      },
    );
    build.onEnd(() => {
      const errors = Object.keys(known)
        .filter(file => !seen.has(file))
        .map(file => ({ text: `The bundle has no ${file}, which build/executor.ts is about.` }));
      return { errors };
    });
  },
};

function unknownText(file: string, found: string): string {
  return [
    `${file} is not as it was when build/executor.ts was written for it.`,
    'Read what it does now. If the replacements in build/executor-memory.ts and build/executor-fields.ts still do the',
    'same, the first argument of memoize3 is still the context of an execution, and memoize5 still asks what memoize3',
    'remembers, put its hash into build/executor.ts:',
    found,
  ].join('\n');
}
